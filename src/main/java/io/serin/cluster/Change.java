package io.serin.cluster;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * What a watch told about one object. The objects are as the caches keep them, trimmed; they are
 * parsed when they are asked for.
 */
public final class Change {
  private final ObjectRef ref;
  private final @Nullable Stored before;
  private final @Nullable Stored after;
  private final boolean own;

  Change(ObjectRef ref, @Nullable Stored before, @Nullable Stored after, boolean own) {
    this.own = own;
    this.ref = ref;
    this.before = before;
    this.after = after;
  }

  public ObjectRef ref() {
    return ref;
  }

  /** Null when the object is new, or was not known before. */
  public @Nullable KubeObject before() {
    return before == null ? null : before.object();
  }

  /** Null when the object is gone. */
  public @Nullable KubeObject after() {
    return after == null ? null : after.object();
  }

  public boolean isCreated() {
    return before == null;
  }

  public boolean isDeleted() {
    return after == null;
  }

  /**
   * Whether this only confirms a write of this process, which has been visible since. An own write
   * that comes back before its answer is not recognised.
   */
  public boolean isOwn() {
    return own;
  }

  @Override
  public String toString() {
    return ref + (isDeleted() ? " deleted" : isCreated() ? " created" : " changed");
  }
}
