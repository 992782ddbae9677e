package io.serin.api;

import java.util.List;

/** Keys of labels and annotations on generated Services that others set and Serin leaves alone. */
public record UnmanagedMetadata(List<String> labels, List<String> annotations) {
  public UnmanagedMetadata {
    labels = List.copyOf(labels);
    annotations = List.copyOf(annotations);
  }

  static UnmanagedMetadata read(Fields f) {
    return new UnmanagedMetadata(f.texts("labels"), f.texts("annotations"));
  }
}
