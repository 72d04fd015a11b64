/**
 * The web service and its page: IBM MAX's captioning interface over HTTP. Nothing outside this
 * package knows Javalin.
 */
package io.caption4j.serve;
