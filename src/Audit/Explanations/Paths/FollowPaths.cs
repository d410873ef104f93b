namespace Governance.Audit.Explanations.Paths;

/// <summary>Integrates a model's gradient along straight paths, in finer steps where the path bends.</summary>
/// <remarks>
/// Each piece is integrated by three Gauss-Legendre points, exact for polynomials of degree 5. The integral of the
/// gradient along a piece must be the difference of the outputs at its ends (Sundararajan, Taly and Yan, "Axiomatic
/// attribution for deep networks", ICML 2017, proposition 1), so each piece knows its own error. Where the patterns of
/// ReLUs and maxima at its five points differ, a kink lies inside: it is sought where two straight lines with the
/// slopes of both ends meet, and fenced in by a piece of a hundredth of the length.
/// </remarks>
internal sealed class FollowPaths
{
    private const double Shortest = 1.0 / (1 << 16);
    private const double Fence = 0.005;
    private const int FirstPieces = 4;

    private readonly PathOptions options;
    private readonly RunPieces look;
    private readonly IReadOnlyList<bool> still;
    private readonly int players;
    private readonly int atOnce;
    private readonly double[] integrals;
    private readonly double[] values;
    private readonly double[] scales;
    private readonly int[] spent;
    private int kinks;
    private int unresolved;

    private FollowPaths(PathOptions options, RunPieces look, IReadOnlyList<bool> still, int players, int atOnce)
    {
        this.options = options;
        this.look = look;
        this.still = still;
        this.players = players;
        this.atOnce = atOnce;
        integrals = new double[still.Count * players];
        values = new double[still.Count];
        scales = new double[still.Count];
        spent = new int[still.Count];
    }

    /// <summary>Follows the paths from some baselines to a row.</summary>
    /// <param name="options">How exactly.</param>
    /// <param name="look">Runs model and gradient.</param>
    /// <param name="still">Shape [paths]: whether a path ends where it starts.</param>
    /// <param name="players">Players of the integrals.</param>
    /// <param name="atOnce">Pieces of one run, at least 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static PathIntegrals Run(
        PathOptions options, RunPieces look, IReadOnlyList<bool> still, int players, int atOnce, CancellationToken cancellationToken)
    {
        FollowPaths run = new(options, look, still, players, atOnce);
        List<PathPiece> whole = [];
        for (int path = 0; path < still.Count; path++)
        {
            whole.Add(new PathPiece(new PathPoint(path, 0), new PathPoint(path, 1)));
        }

        List<PathPiece> pieces = run.Level(whole, run.Measure, cancellationToken);
        while (pieces.Count > 0)
        {
            pieces = run.Level(pieces, run.Settle, cancellationToken);
        }

        return new PathIntegrals(run.integrals, run.values, run.scales, run.kinks, run.unresolved);
    }

    // One level of pieces, in batches; what a piece is split into comes on the next.
    private List<PathPiece> Level(List<PathPiece> pieces, Action<PathPiece, PieceBatch, int, List<PathPiece>> decide, CancellationToken cancellationToken)
    {
        List<PathPiece> next = [];
        for (int start = 0; start < pieces.Count; start += atOnce)
        {
            PathPiece[] some = [.. pieces.Skip(start).Take(atOnce)];
            PathPoint[] ends = [.. some.SelectMany(piece => (PathPoint[])[piece.From, piece.To]).Where(point => !point.Known).Distinct()];
            PieceBatch batch = look(some, ends, cancellationToken);
            for (int i = 0; i < ends.Length; i++)
            {
                (ends[i].Value, ends[i].Pattern, ends[i].Known) = (batch.Values[i], batch.Patterns?[(PathNodes.Count * some.Length) + i] ?? 0, true);
                spent[ends[i].Path]++;
            }

            for (int i = 0; i < some.Length; i++)
            {
                spent[some[i].From.Path] += PathNodes.Count;
                decide(some[i], batch, i, next);
            }
        }

        return next;
    }

    // The whole path first, to know how large its values are.
    private void Measure(PathPiece piece, PieceBatch batch, int place, List<PathPiece> next)
    {
        int path = piece.From.Path;
        values[path] = piece.From.Value;
        scales[path] = Math.Max(Math.Abs(piece.To.Value - piece.From.Value), batch.Look(place).Absolute);
        if (!still[path])
        {
            Split(piece, [.. Enumerable.Range(1, FirstPieces - 1).Select(i => i / (double)FirstPieces)], next);
        }
    }

    private void Settle(PathPiece piece, PieceBatch batch, int place, List<PathPiece> next)
    {
        int path = piece.From.Path;
        int node = PathNodes.Count * place;
        PieceLook seen = batch.Look(place);
        double rise = piece.To.Value - piece.From.Value;
        double noise = PathOptions.Noise(Math.Max(Math.Abs(piece.To.Value), Math.Abs(piece.From.Value)));
        double gap = Math.Abs(rise - seen.Total);
        bool kinked = Kinked(piece, batch.Patterns, node);

        // A kink before the first node or behind the last one leaves their slopes alike: then it may be as large as they are.
        double jump = kinked && (batch.Patterns![node] != piece.From.Pattern || batch.Patterns[node + 2] != piece.To.Pattern)
            ? Math.Max(seen.Jump, seen.Size) : seen.Jump;
        bool fine = kinked
            ? Math.Max(jump * piece.Length, gap - noise) <= options.Tolerance * scales[path]
            : gap <= (options.Tolerance * scales[path] * piece.Length) + noise;
        bool over = piece.Length <= Shortest || spent[path] >= options.MostPoints || !double.IsFinite(gap);
        if (fine || over)
        {
            kinks += kinked ? 1 : 0;
            unresolved += fine ? 0 : 1;
            for (int i = 0; i < players; i++)
            {
                integrals[(path * players) + i] += batch.Sums[(place * players) + i];
            }

            return;
        }

        double bend = seen.First - seen.Last;
        double meeting = (rise - (seen.Last * piece.Length)) / (bend * piece.Length);
        bool found = kinked && meeting > 4 * Fence && meeting < 1 - (4 * Fence) && Math.Abs(bend) * piece.Length > 10 * noise;
        Split(piece, found ? [meeting - Fence, meeting + Fence] : [0.5], next);
    }

    private static bool Kinked(PathPiece piece, double[]? patterns, int node) => patterns is not null
        && (piece.From.Pattern != piece.To.Pattern || Enumerable.Range(node, 3).Any(i => patterns[i] != piece.From.Pattern));

    private static void Split(PathPiece piece, double[] shares, List<PathPiece> next)
    {
        PathPoint from = piece.From;
        foreach (double share in shares)
        {
            PathPoint middle = new(from.Path, piece.From.At + (share * piece.Length));
            next.Add(new PathPiece(from, middle));
            from = middle;
        }

        next.Add(new PathPiece(from, piece.To));
    }
}
