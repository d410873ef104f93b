namespace Governance.Portal.Components.Plots;

/// <summary>A plot as a page shows it: the finding as its title, the figure, and the same numbers as a table.</summary>
public sealed record PlotDrawing
{
    /// <summary>The finding in a sentence, with its number and n.</summary>
    public required string Title { get; init; }

    /// <summary>What is drawn, for the line under the title and for those who do not see it.</summary>
    public required string Description { get; init; }

    /// <summary>Traces and layout for Plotly; colours may be CSS variables of the theme.</summary>
    public required PlotFigure Figure { get; init; }

    /// <summary>Every number of the figure.</summary>
    public required PlotTable Table { get; init; }

    /// <summary>In CSS pixels.</summary>
    public int Height { get; init; } = 360;
}
