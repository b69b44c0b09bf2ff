/**
 * For people who run or change the chat room with accounts. Open {@link io.roomrouting.examples.chatroom.ChatroomCommand} first.
 */
@NullMarked
package io.roomrouting.examples.chatroom;

import org.jspecify.annotations.NullMarked;
