using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Runs;

/// <summary>Scores a table block by block, so that neither all encoded rows nor all raw outputs are in memory at once.</summary>
internal static class ScoreBlocks
{
    /// <summary>Rows of a block: a multiple of every batch in use, so that blocks change no bit.</summary>
    public const int Rows = 256 * ComputeFindings.BatchRows;

    /// <summary>How many blocks a table has.</summary>
    public static int CountOf(Table table) => (table.Rows + Rows - 1) / Rows;

    /// <summary>Scores all rows.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="encoder">Turns rows into its inputs.</param>
    /// <param name="rule">Turns its outputs into decisions.</param>
    /// <param name="table">The rows, at least one.</param>
    /// <param name="shards">Keeps finished blocks.</param>
    /// <param name="done">Told after each block.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Rows and model do not fit each other.</exception>
    public static Encodings.Decisions Run(
        OnnxPredictor predictor, RowEncoder encoder, DecisionRule rule, Table table, AuditShards shards, Action done,
        CancellationToken cancellationToken)
    {
        Block[] blocks = new Block[Math.Max(1, CountOf(table))];
        for (int i = 0; i < blocks.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = i * Rows;
            blocks[i] = shards.Run($"predict {i}", () =>
            {
                Table rows = blocks.Length == 1 ? table : table.Take([.. Enumerable.Range(start, Math.Min(Rows, table.Rows - start))]);
                InputBatch batch = encoder.Encode(rows);
                return Block.Of(rule.Decide(predictor.Predict(batch, cancellationToken), rows, batch));
            });
            done();
        }

        return new Encodings.Decisions(
            Join(blocks, block => block.Scores), Labels(blocks), Join(blocks, block => block.Values), Join(blocks, block => block.Probabilities));
    }

    private static T[]? Join<T>(Block[] blocks, Func<Block, T[]?> part)
    {
        if (blocks.Length == 1 || part(blocks[0]) is null)
        {
            return part(blocks[0]);
        }

        T[] joined = new T[blocks.Sum(block => part(block)!.Length)];
        int at = 0;
        foreach (Block block in blocks)
        {
            part(block)!.CopyTo(joined, at);
            at += part(block)!.Length;
        }

        return joined;
    }

    private static string[]? Labels(Block[] blocks) =>
        blocks[0].Predicted is null ? null : [.. blocks.SelectMany(block => block.Predicted!.Select(code => block.Names[code]))];

    // Classes as codes: a million names would be a large file.
    private sealed record Block(double[]? Scores, int[]? Predicted, string[] Names, double[]? Values, double[]? Probabilities)
    {
        public static Block Of(Encodings.Decisions decisions)
        {
            Dictionary<string, int> codes = new(StringComparer.Ordinal);
            int[]? predicted = decisions.Predicted is null ? null : Array.ConvertAll(decisions.Predicted, name =>
            {
                if (!codes.TryGetValue(name, out int code))
                {
                    codes[name] = code = codes.Count;
                }

                return code;
            });
            return new Block(decisions.Scores, predicted, [.. codes.OrderBy(pair => pair.Value).Select(pair => pair.Key)], decisions.Values, decisions.Probabilities);
        }
    }
}
