using Governance.Audit.Encodings;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Versions;

/// <summary>Which data sets hold the columns that a version needs, so that forms begin with data that fit.</summary>
internal sealed class FittingDatasets(ArtifactStore store)
{
    /// <summary>Those that fit, in the order given; all of them where the version names no columns.</summary>
    /// <param name="version">The version.</param>
    /// <param name="datasets">What there is to choose from.</param>
    /// <param name="cancellationToken">Ends the reading of the encoding.</param>
    public async Task<IReadOnlyList<Dataset>> OfAsync(ModelVersion version, IReadOnlyList<Dataset> datasets, CancellationToken cancellationToken)
    {
        if (version.Encoding is not ArtifactDigest digest)
        {
            return datasets;
        }

        ModelEncoding encoding = ModelEncoding.Read(await store.ReadAsync(digest, cancellationToken));
        return [.. datasets.Where(dataset => Missing(encoding, dataset).Count == 0)];
    }

    /// <summary>The columns that an encoding needs and a data set lacks.</summary>
    public static IReadOnlyList<string> Missing(ModelEncoding? encoding, Dataset dataset) => encoding is null
        ? []
        : [.. encoding.Inputs.SelectMany(input => input.Features).Select(feature => feature.Column)
            .Concat(encoding.GroupThresholds?.Columns ?? []).Distinct()
            .Where(column => dataset.Columns.All(each => each.Name != column))];
}
