using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Components.Plots;

/// <summary>One plot with everything that belongs to it; works on static pages and in interactive islands.</summary>
public sealed partial class Plot
{
    /// <summary>Finding, figure and table; null while they are computed.</summary>
    [Parameter, EditorRequired]
    public PlotDrawing? Drawing { get; set; }

    /// <summary>What stands for the finding while <see cref="Drawing"/> is null, or where there is an error.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>What a mark is, or what was left out; the drawing's description where it is not set.</summary>
    [Parameter]
    public string? Subtitle { get; set; }

    /// <summary>Unique on the page, lower case with hyphens; also the name of exported files.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>2, 3 or 4.</summary>
    [Parameter]
    public int Heading { get; set; } = 3;

    /// <summary>Marks and their meaning, each in a span; null where the plot names its marks itself.</summary>
    [Parameter]
    public RenderFragment? Legend { get; set; }

    /// <summary>A <see cref="Parts.Provenance"/> line.</summary>
    [Parameter]
    public RenderFragment? Provenance { get; set; }

    /// <summary>Two to four sentences for a reader who has never seen this kind of plot.</summary>
    [Parameter]
    public RenderFragment? HowToRead { get; set; }

    /// <summary>Why there is nothing to draw, should that be so.</summary>
    [Parameter]
    public string? Nothing { get; set; }

    /// <summary>Why it could not be computed, as a sentence; or null.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>Where a mark that carries the number of a row leads; "{row}" stands for it. A mark that carries an address needs none.</summary>
    [Parameter]
    public string? Opens { get; set; }

    /// <summary>What is said while <see cref="Drawing"/> is null.</summary>
    [Parameter]
    public string Waiting { get; set; } = "Computing …";

    private bool Shown => Error is null && Drawing is { Figure.Data.Count: > 0 };

    private string Label => $"{Finding}. {Drawing!.Description}";

    private string Finding => Drawing?.Title ?? Title ?? "";

    // The room is kept before the script runs, so that nothing jumps: a rule of plot.css for each step of 40 px.
    private int Room => (int)Math.Ceiling(Drawing!.Height / 40.0) * 40;

    // A column of numbers is aligned to the right; the first names the row.
    private bool IsNumber(int column) => column > 0 && Drawing!.Table.Rows.All(row => row[column] is "" or "undefined" or ['−' or '+' or '-' or '<', ..] || char.IsAsciiDigit(row[column][0]));
}
