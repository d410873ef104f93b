using Governance.Registry.Checkpoints;
using Governance.Registry.Ledger;

namespace Governance.Registry.Tests.Checkpoints;

/// <summary>Proofs against the recursion of RFC 6962 written down again, and against every way of spoiling them.</summary>
public sealed class ProofTests
{
    private const int Most = 64;

    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Most).Select(i => MerkleTree.HashLeaf(BitConverter.GetBytes(i)))];
    private static readonly byte[][] Roots = [.. Enumerable.Range(0, Most + 1).Select(size => Rfc.Root(Leaves.AsSpan(0, size)))];

    [Fact]
    public void The_tree_kept_as_a_frontier_has_the_roots_of_the_recursion()
    {
        MerkleTree tree = new();
        for (int size = 0; size < Most; size++)
        {
            Assert.Equal(Roots[size], tree.Root());
            tree.Append(Leaves[size]);
        }
    }

    [Fact]
    public void Every_inclusion_proof_up_to_64_leaves_is_that_of_the_recursion_and_holds()
    {
        foreach ((int index, int size) in Pairs().Where(pair => pair.First < pair.Second))
        {
            InclusionProof proof = Inclusion(index, size);

            Assert.Equal(Rfc.Path(index, Leaves.AsSpan(0, size)), proof.Path);
            Assert.True(proof.Verify(Leaves[index], Roots[size]), $"{index} of {size}");
        }
    }

    [Fact]
    public void Every_consistency_proof_up_to_64_leaves_is_that_of_the_recursion_and_holds()
    {
        foreach ((int first, int second) in Pairs())
        {
            ConsistencyProof proof = Consistency(first, second);

            Assert.Equal(first == 0 ? [] : Rfc.Proof(first, Leaves.AsSpan(0, second)), proof.Path);
            Assert.True(proof.Verify(Roots[first], Roots[second]), $"{first} to {second}");
        }
    }

    [Fact]
    public void An_inclusion_proof_of_anything_else_does_not_hold()
    {
        foreach ((int index, int size) in Pairs().Where(pair => pair.First < pair.Second))
        {
            InclusionProof proof = Inclusion(index, size);
            foreach (InclusionProof forged in Spoilt(proof.Path).Select(path => proof with { Path = path }).Concat(
                [
                    proof with { Index = index + 1 }, proof with { Index = index - 1 }, proof with { Index = index + size }, proof with { Index = -1 },
                    proof with { Index = size, Size = index }, proof with { Size = 0 }, proof with { Size = -size }, proof with { Index = long.MaxValue - 1, Size = long.MaxValue },
                ]))
            {
                Assert.False(forged.Verify(Leaves[index], Roots[size]), $"{index} of {size}: {forged}");
            }

            Assert.False(proof.Verify(Leaves[(index + 1) % Most], Roots[size]));
            Assert.False(proof.Verify(Leaves[index], Roots[size - 1]));
            Assert.False(proof.Verify(Leaves[index].AsSpan(1), Roots[size]));
            Assert.False(proof.Verify(Leaves[index], [.. Roots[size], 0]));
            Assert.False(proof.Verify(Leaves[index], []));
        }
    }

    // A size that is merely called larger may have a path of the same form: the root is what tells, and it is signed with its size.
    [Fact]
    public void No_other_index_or_size_holds_with_the_same_path_and_that_sizes_own_root()
    {
        foreach ((int index, int size) in Pairs().Where(pair => pair.First < pair.Second && pair.Second <= 16))
        {
            InclusionProof proof = Inclusion(index, size);
            foreach ((int i, int n) in Pairs().Where(pair => pair.First < pair.Second && pair != (index, size)))
            {
                Assert.False((proof with { Index = i, Size = n }).Verify(Leaves[index], Roots[n]), $"{index} of {size} as {i} of {n}");
            }
        }
    }

    [Fact]
    public void A_consistency_proof_of_anything_else_does_not_hold()
    {
        foreach ((int first, int second) in Pairs())
        {
            ConsistencyProof proof = Consistency(first, second);
            foreach (IReadOnlyList<byte[]> path in Spoilt(proof.Path))
            {
                Assert.False((proof with { Path = path }).Verify(Roots[first], Roots[second]), $"{first} to {second}");
            }

            if (first != second)
            {
                Assert.False(proof.Verify(Roots[second], Roots[first]));
                Assert.False(new ConsistencyProof(second, first, proof.Path).Verify(Roots[second], Roots[first]));
                Assert.False(new ConsistencyProof(second, first, proof.Path).Verify(Roots[first], Roots[second]));
                Assert.Equal(first == 0, proof.Verify(Roots[first], Roots[second - 1])); // nothing is the beginning of everything
            }

            Assert.False(proof.Verify(Roots[(first + 1) % (Most + 1)], Roots[second]));
            Assert.False((proof with { First = -1 }).Verify(Roots[first], Roots[second]));
            Assert.False(proof.Verify(Roots[first].AsSpan(1), Roots[second]));
            Assert.False(proof.Verify(Roots[first], [.. Roots[second], 0]));
        }
    }

    private static InclusionProof Inclusion(int index, int size) =>
        new(index, size, [.. TreeRange.ForInclusion(index, size).Select(HashOf)]);

    private static ConsistencyProof Consistency(int first, int second) =>
        new(first, second, [.. TreeRange.ForConsistency(first, second).Select(HashOf)]);

    private static byte[] HashOf(TreeRange range) => Rfc.Root(Leaves.AsSpan((int)range.Start, (int)range.Size));

    private static IEnumerable<(int First, int Second)> Pairs() =>
        from second in Enumerable.Range(0, Most + 1) from first in Enumerable.Range(0, second + 1) select (first, second);

    // Each bit of each hash would be 256 proofs a hash: every hash gets one flipped bit, another one each time, and some paths all of them.
    private static IEnumerable<IReadOnlyList<byte[]>> Spoilt(IReadOnlyList<byte[]> path)
    {
        bool all = path.Count is 3 or 6;
        for (int i = 0; i < path.Count; i++)
        {
            foreach (int bit in all ? Enumerable.Range(0, 256).Where(bit => bit % 5 == i % 5) : [(i * 37) % 256, 0, 255])
            {
                yield return [.. path.Take(i), Flipped(path[i], bit), .. path.Skip(i + 1)];
            }

            yield return [.. path.Take(i), .. path.Skip(i + 1)];
            yield return [.. path.Take(i), path[i][..31], .. path.Skip(i + 1)];
            yield return [.. path.Take(i), [.. path[i], 0], .. path.Skip(i + 1)];
            if (i > 0)
            {
                yield return [.. path.Take(i - 1), path[i], path[i - 1], .. path.Skip(i + 1)];
            }
        }

        yield return [.. path, Leaves[0]];
        yield return [Leaves[0], .. path];
        yield return [.. path, []];
        yield return [.. path, null!];
    }

    private static byte[] Flipped(byte[] hash, int bit)
    {
        byte[] other = [.. hash];
        other[bit / 8] ^= (byte)(1 << (bit % 8));
        return other;
    }
}
