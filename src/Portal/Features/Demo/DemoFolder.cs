namespace Governance.Portal.Features.Demo;

/// <summary>Where a demo keeps its data, key and passwords: a folder that was named, or one that goes with the process.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly string? temporary;

    /// <summary>Takes the named folder, or makes a temporary one that only this account can read.</summary>
    /// <param name="named">The folder to keep, or null.</param>
    public DemoFolder(string? named)
    {
        temporary = named is null ? Directory.CreateTempSubdirectory("governance-demo-").FullName : null;
        string root = temporary ?? Path.GetFullPath(named!);
        Data = temporary is null ? root : Path.Combine(root, "data");
        KeyFile = (temporary is null ? root.TrimEnd('/') : Path.Combine(root, "demo")) + ".kek";
        AccountsFile = Path.Combine(Data, "demo-accounts.json");
    }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    /// <summary>The key file: beside the data folder, never in it.</summary>
    public string KeyFile { get; }

    /// <summary>The passwords of the sample accounts, so that a second start finds them.</summary>
    public string AccountsFile { get; }

    /// <summary>Removes the temporary folder.</summary>
    public void Dispose()
    {
        if (temporary is not null)
        {
            Directory.Delete(temporary, recursive: true);
        }
    }
}
