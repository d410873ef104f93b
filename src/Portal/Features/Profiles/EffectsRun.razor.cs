using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Runs;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Profiles;

/// <summary>Computes the effect of one column while the person watches; its layers are then put in and taken away at once.</summary>
public sealed partial class EffectsRun
{
    private const int MostClasses = 6;

    private EffectLayers? layers;
    private LayerChoice choice = new(true, true, false, false);
    private double[] cells = [];

    /// <summary>The column.</summary>
    [Parameter, EditorRequired]
    public string Column { get; set; } = "";

    /// <summary>Whether curves and values of single rows may be drawn along the column.</summary>
    [Parameter, EditorRequired]
    public bool Curves { get; set; }

    /// <summary>The layers in the address.</summary>
    [Parameter]
    public string? Show { get; set; }

    /// <summary>The scale in the address.</summary>
    [Parameter]
    public string? Scale { get; set; }

    /// <summary>The most rows averaged over.</summary>
    [Parameter, EditorRequired]
    public int Rows { get; set; }

    private IEnumerable<(string Key, string Words)> Offered => LayerChoice.Layers.Where(layer => Curves || layer.Key != "ice");

    protected override void OnInitialized() => choice = LayerChoice.Read(Show, Scale, Curves);

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit && (rights.SeeRows || !Curves);

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using EffectRequest request = EffectRequest.Of(
            version, [Column], Curves ? ProfileKind.Ice : ProfileKind.Pdp, AxisOptions.DefaultPoints, Rows, cancellationToken);
        EffectLayers computed = EffectLayers.Compute(request.Profile, progress, TimeProvider.System, cancellationToken);
        cells = Curves && computed.Dependence.Features[0].Numbers is not null && request.Rows.Find(Column) is NumberColumn numbers
            ? [.. numbers.Values.ToArray().Where(double.IsFinite).Order()]
            : [];
        layers = computed;
    }

    private PlotDrawing Drawing(int at) => LayerPlot.Draw(layers!, at, choice, cells);

    private void Toggle(string layer) => choice = choice.Toggled(layer);

    private void Measure(bool fromFirst) => choice = choice with { FromFirst = fromFirst };
}
