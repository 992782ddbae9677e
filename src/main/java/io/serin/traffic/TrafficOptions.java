package io.serin.traffic;

/**
 * How the controller was told to make routing objects.
 *
 * @param ingressAnnotationsPrefix what NGINX annotations start with, without the slash
 * @param ingressClass class of generated objects of ingress controllers that need one, or empty
 * @param ownerReferences whether routing objects belong to their Canary; false when they live in
 *     another cluster than it. Ingresses always live beside the Canary and always belong to it.
 */
public record TrafficOptions(
    String ingressAnnotationsPrefix, String ingressClass, boolean ownerReferences) {

  /** What holds when no flag says otherwise. */
  public static final TrafficOptions DEFAULT =
      new TrafficOptions("nginx.ingress.kubernetes.io", "", true);
}
