namespace Governance.Portal.Tests.CommandLine;

/// <summary>A CSV file for the length of a test.</summary>
internal sealed class TemporaryCsv : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-");

    public TemporaryCsv(string text)
    {
        Path = System.IO.Path.Combine(folder.FullName, "data.csv");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => folder.Delete(recursive: true);
}
