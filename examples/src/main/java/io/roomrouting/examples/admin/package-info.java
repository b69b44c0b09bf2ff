/**
 * The second listener of every bundled server: health, metrics, the admin interface and its page. Open
 * {@link io.roomrouting.examples.admin.AdminListener} first.
 */
@NullMarked
package io.roomrouting.examples.admin;

import org.jspecify.annotations.NullMarked;
