package io.serin.testing;

import java.time.Instant;

/**
 * One request as the API server's audit log tells it. What a request does not have (the name in a
 * list, the resource in {@code /version}) is an empty string.
 *
 * @param received when the API server took the request in
 * @param code the HTTP status of the answer, 0 where none was given
 */
public record AuditEntry(
    Instant received,
    String verb,
    String apiGroup,
    String resource,
    String subresource,
    String namespace,
    String name,
    String user,
    String userAgent,
    int code,
    String uri) {}
