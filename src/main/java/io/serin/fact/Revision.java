package io.serin.fact;

/**
 * What the target wants to run, against what the status remembers. Revisions are opaque texts to
 * compare, nothing else.
 *
 * @param target revision of the target's present pod template
 * @param applied revision that the present or last run is about
 * @param promoted revision that the primary was last promoted to
 * @param primary revision that the primary's object carries
 * @param configsChanged a tracked ConfigMap or Secret differs from the one the run is about
 * @param foreign the status was written by another controller in an encoding of its own, so it
 *     cannot be compared
 */
public record Revision(
    String target,
    String applied,
    String promoted,
    String primary,
    boolean configsChanged,
    boolean foreign) {

  /** The target or its configuration is not what the present or last run is about. */
  public boolean changed() {
    return !foreign && (configsChanged || (!target.equals(applied) && !target.equals(promoted)));
  }

  /** The target was put back to the promoted revision while another one was rolled out. */
  public boolean reverted() {
    return !foreign && !configsChanged && target.equals(promoted) && !target.equals(applied);
  }

  /** The target is what the run is about. */
  public boolean analysed() {
    return !configsChanged && target.equals(applied);
  }

  /** The primary's object carries the revision of the run. */
  public boolean inPrimary() {
    return primary.equals(applied);
  }
}
