package io.serin.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test needs a real API server. Skipped when {@code KUBEBUILDER_ASSETS} is not set; fails then
 * when {@code SERIN_REQUIRE_REAL} names {@code kube}. A parameter of type {@link KubeApiServer} is
 * given the server that all tests share.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealClusterExtension.class)
public @interface RealCluster {}
