using System.Numerics;
using System.Runtime.InteropServices;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>Receives one part of a row's game: see <see cref="EnumeratedGame"/>.</summary>
/// <param name="players">The part's players, ascending.</param>
/// <param name="values">
/// Shape [2^players, outputs]: entry s for the coalition of exactly those players whose bits are set in s. Reused.
/// </param>
internal delegate void GamePart(ReadOnlySpan<int> players, ReadOnlySpan<double> values);

/// <summary>
/// The game of one row over all coalitions, as a sum of smaller games: background rows that differ from the row in the
/// same players form a part, and in it all other players are dummies.
/// </summary>
/// <remarks>
/// v(S) = Σ over sets of differing players D of v_D(S ∩ D), with v_D(S) = Σ over background rows b of that set of
/// w_b f(x_S, b_~S). Values that are linear in the game and give dummies nothing (Shapley, Owen, interactions) are the
/// sums of those of the parts, so that neither 2^M values nor rows that only repeat the row are needed: on Adult, 12
/// players and 100 background rows, 12,300 pairs instead of 409,600, of which 9,000 to 10,000 are different.
/// <para>
/// Masked rows are compared within blocks of at most <see cref="MaskedGame.BlockBytes"/>; the rows themselves exist one
/// batch at a time. Parts come in the order of their first background row, sums run over background rows in their
/// order: neither blocks nor threads change a bit. Used by one thread at a time; memory is kept for the next row.
/// </para>
/// </remarks>
internal sealed class EnumeratedGame
{
    private readonly MaskedBackground background;
    private readonly CountedModel model;
    private readonly double[] backgroundScores;
    private readonly int outputs;
    private readonly int most;
    private readonly DistinctRows distinct;
    private readonly int[] slots;
    private readonly ulong[] keys;
    private double[] table = [];
    private double[] scores = [];

    /// <summary>Prepares games.</summary>
    /// <param name="background">The reference rows and at most <see cref="ExactShapley.MaxPlayers"/> players.</param>
    /// <param name="model">The model.</param>
    /// <param name="backgroundScores">Shape [background rows, outputs].</param>
    /// <param name="outputs">At least 1.</param>
    /// <param name="blockBytes">The most memory of a block.</param>
    public EnumeratedGame(
        MaskedBackground background, CountedModel model, double[] backgroundScores, int outputs, long blockBytes = MaskedGame.BlockBytes)
    {
        this.background = background;
        this.model = model;
        this.backgroundScores = backgroundScores;
        this.outputs = outputs;
        distinct = new DistinctRows(background);
        most = MostPairs(outputs, blockBytes);
        long pairs = Math.Min(most, (long)background.Rows.Rows << background.Players.Count);
        slots = new int[pairs];
        keys = new ulong[1 << Math.Min(background.Players.Count, BitOperations.Log2((uint)most))];
    }

    /// <summary>Splits a row's game into parts.</summary>
    /// <param name="row">Exactly one row.</param>
    /// <param name="full">Shape [outputs]: the model's output for it.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="part">Told of each part.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public void Run(InputBatch row, ReadOnlySpan<double> full, int threads, GamePart part, CancellationToken cancellationToken)
    {
        List<DifferenceSet> sets = DifferenceSet.Of(background, row);
        List<GamePiece> block = [];
        int pairs = 0;
        foreach (DifferenceSet set in sets)
        {
            foreach (int other in set.Rows)
            {
                // A background row's 2^d pairs are cut where they pass what a block holds.
                for (uint from = 0, all = 1u << set.Players.Length; from < all;)
                {
                    uint to = Math.Min(all, from + (uint)Math.Min(keys.Length, all));
                    if (pairs + (int)(to - from) > most)
                    {
                        Settle(block, row, full, threads, part, cancellationToken);
                        pairs = 0;
                    }

                    block.Add(new GamePiece(set, other, from, to));
                    pairs += (int)(to - from);
                    from = to;
                }
            }
        }

        Settle(block, row, full, threads, part, cancellationToken);
    }

    /// <summary>The pairs and the different masked rows of a row's game, without the model.</summary>
    /// <param name="row">Exactly one row.</param>
    /// <param name="limit">Beyond so many pairs, the rest is taken to be as different as those before.</param>
    public (double Pairs, double Rows) Count(InputBatch row, long limit)
    {
        double pairs = 0;
        double looked = 0;
        double found = 0;
        List<GamePiece> block = [];
        int held = 0;
        foreach (DifferenceSet set in DifferenceSet.Of(background, row))
        {
            uint all = 1u << set.Players.Length;
            pairs += (double)all * set.Rows.Count;
            foreach (int other in set.Rows)
            {
                uint some = (uint)Math.Min(all, keys.Length);
                if (held + (int)some > most)
                {
                    Look();
                }

                if (looked + held < limit)
                {
                    block.Add(new GamePiece(set, other, 0, some));
                    held += (int)some;
                }
            }
        }

        Look();
        return (pairs, looked == 0 ? 0 : pairs * found / looked);

        void Look()
        {
            Gather(CollectionsMarshal.AsSpan(block), held);
            looked += held;
            found += distinct.Count;
            block.Clear();
            held = 0;
        }
    }

    private void Settle(
        List<GamePiece> block, InputBatch row, ReadOnlySpan<double> full, int threads, GamePart part, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Span<GamePiece> pieces = CollectionsMarshal.AsSpan(block);
        int pairs = 0;
        foreach (GamePiece piece in pieces)
        {
            pairs += (int)(piece.To - piece.From);
        }

        Gather(pieces, pairs);
        scores = scores.Length >= distinct.Count * outputs ? scores : new double[distinct.Count * outputs];
        model.Score(
            scores, distinct.Count, outputs, background.Masker.RowBytes, (start, count) => background.Masker.Make(row, distinct, start, count), background.Masker.Return,
            threads, cancellationToken);
        int at = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            GamePiece piece = pieces[i];
            int length = outputs << piece.Set.Players.Length;
            if (piece.From == 0 && piece.Row == piece.Set.Rows[0])
            {
                table = table.Length < length ? new double[length] : table;
                table.AsSpan(0, length).Clear();
            }

            PieceSums.Add(
                table.AsSpan(0, length), piece, background.Weights[piece.Row], slots.AsSpan(at, (int)(piece.To - piece.From)), scores,
                full, backgroundScores.AsSpan(piece.Row * outputs, outputs));
            at += (int)(piece.To - piece.From);
            if (piece.Row == piece.Set.Rows[^1] && piece.To == 1u << piece.Set.Players.Length)
            {
                part(piece.Set.Players, table.AsSpan(0, length));
            }
        }

        block.Clear();
    }

    private void Gather(ReadOnlySpan<GamePiece> pieces, int pairs)
    {
        distinct.Clear(pairs);
        int at = 0;
        foreach (GamePiece piece in pieces)
        {
            ReadOnlySpan<ulong> marks = background.Marks.Of(piece.Row);
            ReadOnlySpan<int> players = piece.Set.Players;
            ulong high = 0;
            uint highTaken = 0;
            for (uint left = piece.From; left != 0; left &= left - 1)
            {
                int player = players[BitOperations.TrailingZeroCount(left)];
                high ^= marks[player];
                highTaken |= 1u << player;
            }

            int count = (int)(piece.To - piece.From);
            uint whole = (1u << players.Length) - 1;
            ReadOnlySpan<uint> taken = piece.Set.Taken;
            keys[0] = high;
            for (uint local = 0; local < count; local++)
            {
                if (local != 0)
                {
                    keys[local] = keys[local & (local - 1)] ^ marks[players[BitOperations.TrailingZeroCount(local)]];
                }

                // Nothing taken is the row itself, all taken the background row: both are scored already.
                uint pair = piece.From + local;
                slots[at++] = pair == 0 || pair == whole ? -1
                    : distinct.Slot(keys[local], piece.Row, taken.Length > 0 ? highTaken | taken[(int)local] : highTaken | DifferenceSet.Spread(players, local));
            }
        }
    }

    // The most pairs whose bookkeeping and scores fit a block.
    private static int MostPairs(int outputs, long bytes)
    {
        int pairs = 1 << 22;
        while (pairs > 1 && DistinctRows.Bytes(pairs) + (pairs * (4L + (8L * outputs))) > bytes)
        {
            pairs >>= 1;
        }

        return pairs;
    }
}
