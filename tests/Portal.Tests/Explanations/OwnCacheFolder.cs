using System.Runtime.CompilerServices;

namespace Governance.Portal.Tests.Explanations;

/// <summary>The tests of one run keep their results in a folder of their own, never in that of the person who runs them.</summary>
internal static class OwnCacheFolder
{
    [ModuleInitializer]
    internal static void Set() =>
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Directory.CreateTempSubdirectory("governance-cache-").FullName);
}
