package io.serin.api;

import org.jspecify.annotations.Nullable;

/** Changes to the headers of requests and of responses. */
public record Headers(@Nullable HeaderOperations request, @Nullable HeaderOperations response) {
  static Headers read(Fields f) {
    return new Headers(
        f.object("request", HeaderOperations::read), f.object("response", HeaderOperations::read));
  }
}
