package io.roomrouting.examples.chat;

/** How a chat room tells its clients what was said before and who is here. Otherwise all chat rooms speak alike. */
public enum ChatDialect {

    /** {@code message_history} is {@code {messages, cursor}}; who comes and goes is told one by one. */
    PAGES,

    /** {@code message_history} is an array; all names are told whenever they change. */
    LISTS
}
