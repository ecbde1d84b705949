/** The annotation processor that writes wrappers; nothing of it is needed at run time. */
module io.diskmemo.processor {
  requires com.palantir.javapoet;
  requires java.compiler;
  requires jdk.compiler;
  requires static com.google.auto.service;
  requires static org.jspecify;

  provides javax.annotation.processing.Processor with
      io.diskmemo.processor.DiskMemoProcessor;
}
