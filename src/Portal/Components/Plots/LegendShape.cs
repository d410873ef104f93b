namespace Governance.Portal.Components.Plots;

/// <summary>The mark that stands in a legend.</summary>
public enum LegendShape
{
    /// <summary>A bar or a band.</summary>
    Area,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A dashed line.</summary>
    Dashed,

    /// <summary>A filled dot.</summary>
    Dot,

    /// <summary>An open dot.</summary>
    Open,
}
