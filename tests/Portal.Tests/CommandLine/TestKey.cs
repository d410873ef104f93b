using System.Runtime.CompilerServices;
using Governance.Registry.Artifacts;

namespace Governance.Portal.Tests.CommandLine;

/// <summary>The key of registries that commands open inside the test process: never the one of whoever runs the tests.</summary>
internal static class TestKey
{
    private static readonly string Key = $"kek1:{Convert.ToBase64String(new byte[32])}";

    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable(KeyRing.Variable, Key);
}
