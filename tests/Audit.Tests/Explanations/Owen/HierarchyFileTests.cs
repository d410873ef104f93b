using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Owen;

namespace Governance.Audit.Tests.Explanations.Owen;

public sealed class HierarchyFileTests
{
    // Four features, of which "c=1" and "c=2" are the one-hot player c: players a, b, c.
    private static readonly FeatureSlot[] Slots =
    [
        Slot("a", "a", 0, FeatureKind.Numeric), Slot("b", "b", 1, FeatureKind.Numeric),
        Slot("c=1", "c", 2, FeatureKind.Onehot), Slot("c=2", "c", 3, FeatureKind.Onehot),
    ];

    private static readonly Player[] Players =
        [new("a", [new(0, 0)]), new("b", [new(0, 1)]), new("c", [new(0, 2), new(0, 3)], ["c=1", "c=2"])];

    [Theory]
    [InlineData("""[["a", "b"], "c"]""", "((0 1) 2)")]
    [InlineData("""{"money": ["b", "a"]}""", "((1 0) 2)")]
    [InlineData("""{"hierarchy": {"x": {"y": ["a", "c=1", "c=2"]}, "z": ["b"]}}""", "((0 2) 1)")]
    [InlineData("""{"groups": {"x": [0, 3]}, "names": {"x": ["a", "c=2"]}}""", "((0 2) 1)")]
    [InlineData("""["a", "b", "c"]""", "(0 1 2)")]
    [InlineData("0,2,0.5,2\n1,3,0.7,3\n", "(1 (0 2))")]
    [InlineData("[[0, 2, 0.5, 2], [1, 3, 0.7, 3]]", "(1 (0 2))")]
    [InlineData("""{"linkage": [[0, 2, 1, 2], [1, 3, 2, 3]]}""", "(1 (0 2))")]
    public void Reads_groups_by_name_and_position_and_linkages(string text, string expected) =>
        Assert.Equal(expected, Show(Read(text)));

    [Theory]
    [InlineData("""[["a", "d"]]""", "'d', which is no feature")]
    [InlineData("""[["a", "b"], "a"]""", "'a' twice")]
    [InlineData("""[["a", 9]]""", "the feature 9; there are 4")]
    [InlineData("""[["a", null]]""", "null, which is neither")]
    [InlineData("""[["a", []]]""", "[], which is neither")]
    [InlineData("""[["a" """, "not valid JSON")]
    [InlineData("a,b\n", "neither JSON nor a linkage")]
    [InlineData("0,1,0.5,2\n", "has 2 rows, this one 1")]
    [InlineData("0,1,0.5,2\n0,3,0.5,2\n", "Row 2 of the linkage joins node 0")]
    [InlineData("0,1,0.5,2\n2,4,0.5,2\n", "joins node 4, which does not exist")]
    public void Refuses_in_words_what_is_no_hierarchy(string text, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static HierarchyNode Read(string text) => HierarchyFile.Read(Encoding.UTF8.GetBytes(text), Players, Slots);

    private static string Show(HierarchyNode node) =>
        node.Player?.ToString() ?? $"({string.Join(' ', node.Children.Select(Show))})";

    private static FeatureSlot Slot(string name, string column, int offset, FeatureKind kind) => new(
        name, column, 0, offset,
        new EncodedFeature { Name = name, Column = column, Kind = kind, Missing = new(CellAction.Error), Unseen = new(CellAction.Error) });
}
