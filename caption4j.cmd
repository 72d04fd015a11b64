@echo off
rem Runs caption4j on Windows; builds it first when it is missing (after a change: mvn -DskipTests package).
rem CAPTION4J_CUDA set to 1: that build is for an NVIDIA GPU (see docs/scale.md).
setlocal
set "root=%~dp0"
set "jar=%root%cli\target\caption4j.jar"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined JAVA_HOME where java >nul 2>nul || (echo caption4j: no Java found. Install a JDK 17 or later, or point JAVA_HOME to one. 1>&2 & exit /b 1)
set "cuda="
if defined CAPTION4J_CUDA set "cuda=-Pcuda"
if exist "%jar%" goto run
where mvn >nul 2>nul || (echo caption4j: Maven, mvn, is needed to build; it is not on PATH. 1>&2 & exit /b 1)
echo caption4j: building (first time, a few minutes: Maven fetches the libraries) ... 1>&2
call mvn -B -q -ntp -f "%root%pom.xml" -pl cli -am %cuda% -DskipTests -Dspotless.check.skip=true -Djacoco.skip=true package 1>&2
if errorlevel 1 exit /b 1
:run
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
set "always=-XX:+UseSerialGC -Xshare:auto -Xlog:disable -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dorg.bytedeco.javacpp.maxbytes=0 -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
rem An archive of loaded classes lets Java start faster. Its name has the jar's size: another build, another archive.
for %%A in ("%jar%") do set "archive=%root%cli\target\caption4j-%%~zA.jsa"
if not exist "%archive%" "%java%" %always% -XX:TieredStopAtLevel=1 "-XX:ArchiveClassesAtExit=%archive%" -jar "%jar%" caption "%root%samples\skier.jpg" >nul 2>nul
rem Empty where it cannot be made, so that it is not tried before every command.
if not exist "%archive%" type nul >"%archive%"
set "share="
for %%A in ("%archive%") do if %%~zA gtr 0 set share="-XX:SharedArchiveFile=%archive%"
set "tiers="
if "%~1"=="info" set "tiers=-XX:TieredStopAtLevel=1"
if "%~1"=="score" set "tiers=-XX:TieredStopAtLevel=1"
if "%~1"=="caption" if "%~3"=="" if not exist "%~2\" set "tiers=-XX:TieredStopAtLevel=1"
"%java%" -Xmx2g %tiers% %always% %share% %JAVA_OPTS% %CAPTION4J_OPTS% -jar "%jar%" %*
exit /b %ERRORLEVEL%
