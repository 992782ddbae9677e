package io.serin.api;

/** A receiver of copies of all requests, apart from the analysis. */
public record Mirror(BackendRef backendRef) {
  static Mirror read(Fields f) {
    return new Mirror(f.objectOrEmpty("backendRef", BackendRef::read));
  }
}
