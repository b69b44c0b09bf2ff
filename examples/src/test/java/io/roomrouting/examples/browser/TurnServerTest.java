package io.roomrouting.examples.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks tests that send calls through a real TURN server; they are skipped, with a reason, on a machine that has none. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TurnServerCondition.class)
public @interface TurnServerTest {}
