/** Everything in one process. Open {@link io.roomrouting.examples.demo.DemoCommand} first. */
@NullMarked
package io.roomrouting.examples.demo;

import org.jspecify.annotations.NullMarked;
