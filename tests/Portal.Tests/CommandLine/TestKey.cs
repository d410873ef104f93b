using System.Runtime.CompilerServices;
using Governance.Registry.Artifacts;

namespace Governance.Portal.Tests.CommandLine;

/// <summary>The key of registries that commands open inside the test process: never the one of whoever runs the tests.</summary>
internal static class TestKey
{
    private static readonly string Key = $"kek1:{Convert.ToBase64String(new byte[32])}";

    /// <summary>Makes it the key of an installation too, so that commands inside the test process open its artefacts.</summary>
    /// <param name="path">The installation's key file, which is not there yet.</param>
    public static void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Key);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable(KeyRing.Variable, Key);
}
