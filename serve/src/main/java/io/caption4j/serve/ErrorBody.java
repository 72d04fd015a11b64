package io.caption4j.serve;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The body of every answer that is no success. */
@Doc("What went wrong.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ErrorBody(
    @Doc("The HTTP status.") int status,
    @Doc("What is wrong, in a sentence.") String message,
    @Doc("What was expected instead.") String expected,
    @Doc(
            value = "The request's id, as in the header X-Request-Id and in the service's log.",
            optional = true)
        String id) {}
