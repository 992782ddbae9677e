package io.serin.api;

/** The object that another object names as its controller in {@code metadata.ownerReferences}. */
public record OwnerRef(String apiVersion, String kind, String name, String uid) {}
