using System.Globalization;
using Governance.Audit.Data;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>A place behind the artefact proxy: folders and files of the caller's own, and the files of versions.</summary>
internal static class ProxyPath
{
    /// <summary>The scheme of addresses that clients resolve to the proxy.</summary>
    public const string Scheme = "mlflow-artifacts";

    /// <summary>The folder whose files are versions; nothing can be sent there.</summary>
    public const string Versions = "versions";

    /// <summary>The name of a version's file there.</summary>
    public const string ModelFile = "model.onnx";

    /// <summary>The name of the description beside it, which MLflow's loaders read first.</summary>
    public const string DescriptionFile = "MLmodel";

    private const int MostCharacters = 1_000;
    private const int MostParts = 20;

    /// <summary>The folder of a version.</summary>
    public static string OfVersion(string model, int number) => $"{Versions}/{model}/{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A place in its one spelling; empty for the root.</summary>
    /// <exception cref="InputException">It leads elsewhere, or is too long.</exception>
    public static string Read(string? text)
    {
        string path = (text ?? "").Trim('/');
        string[] parts = path.Split('/');
        return path.Length == 0 ? ""
            : path.Length > MostCharacters || parts.Length > MostParts || parts.Any(part => part is "" or "." or "..")
                || path.Any(letter => char.IsControl(letter) || letter is '\\' or '%' or '#' or '?')
            ? throw new InputException("The path of an artefact is made of names with slashes between them, without '.', '..', '%', '#', '?' or backslashes.")
            : path;
    }

    /// <summary>The place that a version's source speaks of.</summary>
    /// <param name="source">As the client gives it.</param>
    /// <param name="host">The name and port that this request was sent to.</param>
    /// <exception cref="InputException">It lies anywhere but behind this portal's proxy.</exception>
    public static string OfSource(string source, HostString host)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out Uri? uri))
        {
            throw Elsewhere(source);
        }

        string path = Uri.UnescapeDataString(uri.AbsolutePath);
        string proxy = $"{MlflowFault.ArtifactPrefix}/artifacts/";
        bool here = uri.Host.Length == 0 || string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals(uri.Host, host.Host, StringComparison.OrdinalIgnoreCase);
        return uri.Scheme == Scheme && here ? Read(path.StartsWith(proxy, StringComparison.Ordinal) ? path[proxy.Length..] : path)
            : uri.Scheme == "runs" && path.Trim('/').Split('/', 2) is [string run, .. string[] rest] ? Read($"{RunFolder.Files(run)}/{string.Concat(rest)}")
            : uri.Scheme is "http" or "https" && here && path.StartsWith(proxy, StringComparison.Ordinal) ? Read(path[proxy.Length..])
            : throw Elsewhere(source);
    }

    /// <summary>Whether a place belongs to versions, so that nothing can be sent there or deleted.</summary>
    public static bool IsReserved(string path) => path == Versions || path.StartsWith(Versions + '/', StringComparison.Ordinal);

    /// <summary>The version, and the file of it, that a place speaks of; null where it is none of a version.</summary>
    public static (string Model, int Number, string File)? AsVersion(string path)
    {
        string[] parts = path.Split('/');
        return parts.Length is 3 or 4 && parts[0] == Versions
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (parts[1], number, parts.Length == 4 ? parts[3] : "")
            : null;
    }

    private static InputException Elsewhere(string source) => new(
        $"The source '{(source.Length > 200 ? source[..200] + "…" : source)}' does not lie behind this portal's artefact proxy. "
        + $"Send the files first, to {Scheme}:/ and a folder of your choice, or through a run, and name that folder.");
}
