/**
 * For people who change how users of the chat room register, log in and stay logged in. Open
 * {@link io.roomrouting.examples.chatroom.accounts.Accounts} first.
 */
@NullMarked
package io.roomrouting.examples.chatroom.accounts;

import org.jspecify.annotations.NullMarked;
