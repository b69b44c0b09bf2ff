@NullMarked
package io.roomrouting.examples.admin;

import org.jspecify.annotations.NullMarked;
