namespace Governance.Audit.Explanations.Paths;

/// <summary>The three Gauss-Legendre points of a piece, exact for polynomials of degree 5.</summary>
internal static class PathNodes
{
    private static readonly double Outer = Math.Sqrt(0.6) / 2;

    /// <summary>Points of a piece.</summary>
    public const int Count = 3;

    /// <summary>Shape [3]: shares of the piece's length.</summary>
    public static double[] At { get; } = [0.5 - Outer, 0.5, 0.5 + Outer];

    /// <summary>Shape [3]: weights, adding up to 1.</summary>
    public static double[] Weights { get; } = [5.0 / 18, 8.0 / 18, 5.0 / 18];

    /// <summary>The places of all nodes of some pieces, then of some ends.</summary>
    /// <returns>Shape [3 × pieces + ends]: path and place of each.</returns>
    public static (int Path, double At)[] Places(ReadOnlySpan<PathPiece> pieces, ReadOnlySpan<PathPoint> ends)
    {
        (int, double)[] places = new (int, double)[(Count * pieces.Length) + ends.Length];
        for (int i = 0; i < Count * pieces.Length; i++)
        {
            PathPiece piece = pieces[i / Count];
            places[i] = (piece.From.Path, piece.From.At + (piece.Length * At[i % Count]));
        }

        for (int i = 0; i < ends.Length; i++)
        {
            places[(Count * pieces.Length) + i] = (ends[i].Path, ends[i].At);
        }

        return places;
    }
}
