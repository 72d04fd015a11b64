/** What can be said of a caption data set before it is trained on, and what is wrong in it. */
package io.caption4j.data.report;
