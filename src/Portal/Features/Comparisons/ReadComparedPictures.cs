using Governance.Audit.Runs;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Cases;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Pictures;
using Governance.Portal.Features.Versions;

namespace Governance.Portal.Features.Comparisons;

/// <summary>Where two versions look in pictures, sequences or lines of tokens, from the sealed evidence of each.</summary>
internal sealed class ReadComparedPictures(LoadAuditInputs loader, CaseModels models)
{
    /// <summary>Draws both.</summary>
    /// <param name="first">The version that is compared with, and its evidence.</param>
    /// <param name="second">The version in question, and its.</param>
    /// <param name="dataset">Data that both read.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>Null where one of them has no evidence, or takes no picture, sequence or tokens.</returns>
    public async Task<(PlotDrawing First, PlotDrawing Second)?> OfAsync(
        (VersionView View, SealedFindings? Shown) first, (VersionView View, SealedFindings? Shown) second, string dataset, CancellationToken cancellationToken) =>
        await DrawAsync(first, dataset, cancellationToken) is PlotDrawing one && await DrawAsync(second, dataset, cancellationToken) is PlotDrawing other
            ? (one, other)
            : null;

    private async Task<PlotDrawing?> DrawAsync((VersionView View, SealedFindings? Shown) version, string dataset, CancellationToken cancellationToken)
    {
        if (version.Shown is not { } shown)
        {
            return null;
        }

        ModelFace face = await models.FaceAsync(version.View.Version, async token => (await loader.TableAsync(dataset, token)).Table, cancellationToken);
        return face.Picture is { } picture ? MeanPicturePlot.Draw(version.View.Name, shown, picture) : null;
    }
}
