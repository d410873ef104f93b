namespace Governance.Audit.Explanations.Paths;

/// <summary>What looking at some pieces of paths gave.</summary>
/// <param name="Looks">Shape [pieces, 6]: the numbers of <see cref="PieceLook"/> in their order.</param>
/// <param name="Sums">Shape [pieces, players]: the integral of the gradient along the piece, times the path's own step, by player.</param>
/// <param name="Values">Shape [ends]: the output at each end asked for.</param>
/// <param name="Patterns">Shape [3 × pieces + ends]: the pattern of kinks at each piece's nodes, then at each end; null where kinks are not seen.</param>
internal sealed record PieceBatch(double[] Looks, double[] Sums, double[] Values, double[]? Patterns)
{
    /// <summary>What is asked about one piece.</summary>
    public PieceLook Look(int piece) => new(
        Looks[PieceLook.Numbers * piece], Looks[(PieceLook.Numbers * piece) + 1], Looks[(PieceLook.Numbers * piece) + 2],
        Looks[(PieceLook.Numbers * piece) + 3], Looks[(PieceLook.Numbers * piece) + 4], Looks[(PieceLook.Numbers * piece) + 5]);

    /// <summary>The batches of pieces that were run apart, the ends with the first.</summary>
    public static PieceBatch Join(PieceBatch first, PieceBatch second)
    {
        int nodes = first.Looks.Length / PieceLook.Numbers * 3;
        return new PieceBatch(
            [.. first.Looks, .. second.Looks], [.. first.Sums, .. second.Sums], first.Values,
            first.Patterns is null ? null : [.. first.Patterns[..nodes], .. second.Patterns!, .. first.Patterns[nodes..]]);
    }
}

/// <summary>What decides whether a piece is fine.</summary>
/// <param name="First">The slope along the path at the first node.</param>
/// <param name="Last">The same at the last node.</param>
/// <param name="Jump">The largest change of one element's share of the slope between them.</param>
/// <param name="Size">The largest share.</param>
/// <param name="Total">The integral along the piece.</param>
/// <param name="Absolute">The sum of its elements' absolute values.</param>
internal readonly record struct PieceLook(double First, double Last, double Jump, double Size, double Total, double Absolute)
{
    /// <summary>How many numbers there are.</summary>
    public const int Numbers = 6;
}

/// <summary>Runs model and gradient at the nodes of pieces and at ends not yet known.</summary>
/// <param name="pieces">At least one.</param>
/// <param name="ends">Ends whose output and pattern are wanted.</param>
/// <param name="cancellationToken">Ends the run.</param>
internal delegate PieceBatch RunPieces(ReadOnlyMemory<PathPiece> pieces, ReadOnlyMemory<PathPoint> ends, CancellationToken cancellationToken);
