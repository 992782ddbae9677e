package io.serin.fact;

/**
 * Where live traffic really goes, read from the provider's object.
 *
 * @param provider provider string, such as {@code gatewayapi:v1}
 * @param primary percent of traffic to the primary
 * @param canary percent of traffic to the canary
 * @param mirrored traffic is copied to the canary
 * @param settled the object carries what the status wants and the gateway has accepted it
 * @param reason why it is not settled, or empty
 */
public record Traffic(
    String provider, int primary, int canary, boolean mirrored, boolean settled, String reason) {}
