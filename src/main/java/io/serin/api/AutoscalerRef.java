package io.serin.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The autoscaler of the target.
 *
 * @param primaryScalerQueries KEDA: queries of the primary's triggers by trigger name
 * @param primaryScalerReplicas bounds of the primary's autoscaler where they differ from the
 *     target's
 */
public record AutoscalerRef(
    String apiVersion,
    String kind,
    String name,
    Map<String, String> primaryScalerQueries,
    @Nullable PrimaryScalerReplicas primaryScalerReplicas) {

  public AutoscalerRef {
    primaryScalerQueries = Collections.unmodifiableMap(new LinkedHashMap<>(primaryScalerQueries));
  }

  static AutoscalerRef read(Fields f) {
    return new AutoscalerRef(
        f.text("apiVersion"),
        f.text("kind"),
        f.text("name"),
        f.textMap("primaryScalerQueries"),
        f.object("primaryScalerReplicas", PrimaryScalerReplicas::read));
  }

  public String primaryName() {
    return Names.primary(name);
  }
}
