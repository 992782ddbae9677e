package io.serin.fact;

/**
 * The target is at a revision that was promoted before and has been replaced since: this is a
 * revert. Kept in memory: absent when the controller was restarted after the replacement.
 *
 * @param revision the revision
 * @param secondsAgo seconds since it was replaced
 */
public record PriorRun(String revision, long secondsAgo) {}
