package io.serin.webhook;

/**
 * What a webhook answered.
 *
 * @param success it answered with success
 * @param text the body or the error, in one line
 */
public record Answer(boolean success, String text) {}
