package io.serin.server;

import io.avaje.jex.Routing;
import io.avaje.jex.Routing.HttpService;
import io.serin.policy.catalog.PolicyState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of the policies that the controller knows, read-only: {@code GET /api/v1/policies}.
 */
public final class PoliciesApi implements HttpService {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Supplier<List<PolicyState>> policies;

  /** Of these policies. */
  public PoliciesApi(Supplier<List<PolicyState>> policies) {
    this.policies = policies;
  }

  /**
   * A policy in the list.
   *
   * @param origin {@code resource}, {@code config_map} or {@code directory}
   * @param namespace namespace that it adds caution to; empty for a cluster policy
   * @param mode {@code Enforce}, {@code Shadow} or {@code Off}
   * @param stage {@code compiling}, {@code active}, {@code refused} or {@code off}
   * @param digest digest of the active version, which may be an earlier one; empty for none
   * @param findings why the newest version is refused
   * @param lastUsed when it last decided, to ten minutes; empty for not yet
   */
  public record Listed(
      String origin,
      String namespace,
      String name,
      String mode,
      String stage,
      String digest,
      List<String> findings,
      String lastUsed) {}

  @Override
  public void add(Routing routing) {
    routing.get(
        "/api/v1/policies",
        context ->
            context
                .contentType("application/json")
                .write(
                    MAPPER.writeValueAsString(
                        Map.of(
                            "policies",
                            policies.get().stream().map(PoliciesApi::listed).toList()))));
  }

  private static Listed listed(PolicyState state) {
    return new Listed(
        state.key().origin().name().toLowerCase(Locale.ROOT),
        state.key().namespace(),
        state.key().name(),
        state.newest().spec().mode().wireName(),
        state.stage().name().toLowerCase(Locale.ROOT),
        state.digest(),
        state.findings(),
        state.lastUsed() == null ? "" : state.lastUsed().toString());
  }
}
