namespace Governance.Bench;

/// <summary>Where the benchmarks find models and data.</summary>
internal static class Folders
{
    /// <summary>The committed samples.</summary>
    public static string Samples { get; } = Path.Combine(Repository(), "samples");

    /// <summary>The models that <c>train.py</c> made.</summary>
    public static string Training { get; } = Path.Combine(Repository(), "bench", "train");

    /// <summary>The reference data: GOVERNANCE_REFERENCE, else ../shared beside the repository; null where there is none.</summary>
    public static string? Reference { get; } = FindReference();

    private static string? FindReference()
    {
        string folder = Environment.GetEnvironmentVariable("GOVERNANCE_REFERENCE") ?? Path.Combine(Repository(), "..", "shared");
        return Directory.Exists(folder) ? folder : null;
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Governance.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks must run from inside the repository.");
    }
}
