using Governance.Registry.Datasets;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Uploads;

/// <summary>A registered version, as the API and the command line say it.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Number">Counts from 1 within the model.</param>
/// <param name="Id">Of the version.</param>
/// <param name="Digest">Over file, encoding and parents.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Encoding">SHA-256 of the canonical encoding, or null.</param>
/// <param name="Stage">Draft.</param>
internal sealed record VersionAnswer(
    string Model, int Number, Guid Id, string Digest, string Sha256, string? Encoding, string Stage)
{
    /// <summary>The answer for a version.</summary>
    public static VersionAnswer Of(string model, ModelVersion version) => new(
        model, version.Number, version.Id.Value, version.Digest.Hex, version.Artifact.Hex, version.Encoding?.Hex, version.Stage.ToString());
}

/// <summary>A registered data set, as the API and the command line say it.</summary>
/// <param name="Name">Stands in addresses.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Id">Of the data set.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Rows">Without the header.</param>
/// <param name="Columns">In the order of the header.</param>
/// <param name="Positive">The positive class of the label, or null.</param>
/// <param name="Favourable">The outcome that a person wants, or null.</param>
internal sealed record DatasetAnswer(
    string Name, string Title, Guid Id, string Sha256, long Rows, IReadOnlyList<DatasetColumn> Columns, string? Positive, string? Favourable)
{
    /// <summary>The answer for a data set.</summary>
    public static DatasetAnswer Of(Dataset dataset) => new(
        dataset.Name, dataset.Title, dataset.Id.Value, dataset.Digest.Hex, dataset.Rows, dataset.Columns, dataset.Positive, dataset.Favourable);
}
