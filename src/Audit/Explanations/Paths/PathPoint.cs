namespace Governance.Audit.Explanations.Paths;

/// <summary>A place on a path where pieces meet.</summary>
/// <param name="path">The number of the path.</param>
/// <param name="at">From 0 at the baseline to 1 at the row.</param>
internal sealed class PathPoint(int path, double at)
{
    /// <summary>The number of the path.</summary>
    public int Path => path;

    /// <summary>From 0 at the baseline to 1 at the row.</summary>
    public double At => at;

    /// <summary>The output there; NaN until it is known.</summary>
    public double Value { get; set; } = double.NaN;

    /// <summary>The pattern of kinks there.</summary>
    public double Pattern { get; set; }

    /// <summary>Whether output and pattern are known.</summary>
    public bool Known { get; set; }
}

/// <summary>A stretch of a path.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end.</param>
internal sealed record PathPiece(PathPoint From, PathPoint To)
{
    /// <summary>Its share of the path.</summary>
    public double Length => To.At - From.At;
}

/// <summary>What following some paths gave.</summary>
/// <param name="Integrals">Shape [paths, players]: the integral of the gradient along the path, times the path's own step, by player.</param>
/// <param name="Starts">Shape [paths]: the output at each path's start.</param>
/// <param name="Scales">Shape [paths]: what errors are measured by.</param>
/// <param name="Kinks">Pieces in which the last word was a kink, over all paths.</param>
/// <param name="Unresolved">Pieces taken as they were because the points were spent.</param>
internal sealed record PathIntegrals(double[] Integrals, double[] Starts, double[] Scales, int Kinks, int Unresolved);
