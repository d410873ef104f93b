namespace Governance.Tests;

/// <summary>The folder of shared reference data and goldens, which a clone may lack.</summary>
internal static class Reference
{
    /// <summary>The folder named by GOVERNANCE_REFERENCE, else <c>../shared</c> beside the repository, else null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The full path of a reference file or folder; skips the test, visibly, where it is missing.</summary>
    /// <param name="parts">The path below the reference folder, such as "goldens", "shap", "inputs_X50.csv".</param>
    public static string Path(params string[] parts)
    {
        Skip.If(Folder is null, "No reference folder: set GOVERNANCE_REFERENCE or put it at ../shared.");
        string path = System.IO.Path.Combine([Folder, .. parts]);
        Skip.IfNot(File.Exists(path) || Directory.Exists(path), $"The reference folder lacks {string.Join('/', parts)}.");
        return path;
    }

    /// <summary>The root of this repository: the folder that holds Governance.sln.</summary>
    public static string Repository { get; } = FindRepository();

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("GOVERNANCE_REFERENCE");
        string folder = named ?? System.IO.Path.Combine(FindRepository(), "..", "shared");
        return Directory.Exists(folder) ? System.IO.Path.GetFullPath(folder) : null;
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Governance.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run from inside the repository.");
    }
}
