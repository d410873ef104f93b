using System.Runtime.InteropServices;
using Governance.Audit.Quarantine;
using Governance.Tests;

namespace Governance.Audit.Tests.Quarantine;

/// <summary>The quarantine with the portal's program as its child, as it was built beside these tests.</summary>
internal static class GivenQuarantine
{
    /// <summary>Options that start the child.</summary>
    public static QuarantineOptions Options { get; } = new()
    {
        Command =
        [
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")),
            Path.Combine(Reference.Repository, "src", "Portal", "bin", Configuration, "net10.0", "governance.dll"),
            "quarantine",
        ],
        // Other tests and other programs may want the processor at the same time.
        Wall = TimeSpan.FromSeconds(60),
    };

    private static readonly Lazy<ModelQuarantine> Shared = new(() => new ModelQuarantine(Options));

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Admits a model, or throws its refusal.</summary>
    public static Task<AdmittedModel> AdmitAsync(byte[] file, byte[]? encoding = null) =>
        Shared.Value.AdmitAsync(file, encoding, null, CancellationToken.None);
}
