namespace Governance.Audit.Explanations.Trees;

/// <summary>
/// The leaves that mixtures of one row and one background row can reach, each with the players it needs from the row
/// and those it needs from the background row; and the players among whom the mixture matters at all.
/// </summary>
internal sealed class PairLeaves
{
    /// <summary>The most players of a game: one bit each.</summary>
    public const int MostPlayers = 64;

    private readonly int[] bitOf;
    private readonly List<int> players = [];
    private readonly List<PairLeaf> leaves = [];
    private readonly Stack<(int Node, ulong Needed, ulong Excluded)> open = new();

    /// <summary>Makes room for games of so many players, at most <see cref="MostPlayers"/>.</summary>
    public PairLeaves(int players)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(players, MostPlayers);
        bitOf = new int[players];
        Array.Fill(bitOf, -1);
    }

    /// <summary>The players that matter, by bit.</summary>
    public IReadOnlyList<int> Players => players;

    /// <summary>The leaves.</summary>
    public IReadOnlyList<PairLeaf> Leaves => leaves;

    /// <summary>Finds the leaves of a pair.</summary>
    /// <param name="compiled">The trees and their tests.</param>
    /// <param name="row">The row's codes, book by book, feature by feature.</param>
    /// <param name="background">The background row's.</param>
    public void Find(CompiledForest compiled, short[][] row, short[][] background)
    {
        Clear();
        int tree = 0;
        foreach (TreeChunk chunk in compiled.Chunks)
        {
            foreach (CompiledTree own in chunk.Trees)
            {
                Walk(compiled.Forest, compiled.Forest.Trees[tree++], own, row[chunk.Book], background[chunk.Book]);
            }
        }
    }

    /// <summary>The bit of a player whose own function differs, making one if it has none.</summary>
    public int Bit(int player)
    {
        if (bitOf[player] < 0)
        {
            bitOf[player] = players.Count;
            players.Add(player);
        }

        return bitOf[player];
    }

    private void Clear()
    {
        foreach (int player in players)
        {
            bitOf[player] = -1;
        }

        players.Clear();
        leaves.Clear();
    }

    private void Walk(Forest forest, ForestTree tree, CompiledTree compiled, short[] row, short[] background)
    {
        open.Push((0, 0, 0));
        while (open.TryPop(out (int Node, ulong Needed, ulong Excluded) at))
        {
            (int node, ulong needed, ulong excluded) = at;
            while (compiled.TestOf[node] is int test and >= 0)
            {
                CodedTest asked = compiled.Tests[test];
                bool own = asked.Passes(row[asked.Feature]);
                bool other = asked.Passes(background[asked.Feature]);
                int ownChild = own ? tree.Nodes[node].TrueChild : tree.Nodes[node].FalseChild;
                if (own != other)
                {
                    int otherChild = other ? tree.Nodes[node].TrueChild : tree.Nodes[node].FalseChild;
                    ulong bit = 1UL << Bit(forest.FeaturePlayers[asked.Feature]);
                    if ((excluded & bit) != 0)
                    {
                        node = otherChild;
                        continue;
                    }

                    if ((needed & bit) == 0)
                    {
                        open.Push((otherChild, needed, excluded | bit));
                        needed |= bit;
                    }
                }

                node = ownChild;
            }

            leaves.Add(new PairLeaf(needed, excluded, tree.Values[node]!));
        }
    }
}

/// <summary>A leaf as a mixture of two rows sees it.</summary>
/// <param name="Needed">The players that must have the row's values.</param>
/// <param name="Excluded">The players that must have the background row's.</param>
/// <param name="Values">The leaf's outputs.</param>
internal readonly record struct PairLeaf(ulong Needed, ulong Excluded, double[] Values);
