/** Pictures, caption data sets and their splits, CoreNLP tokens, vocabulary. */
package io.caption4j.data;
