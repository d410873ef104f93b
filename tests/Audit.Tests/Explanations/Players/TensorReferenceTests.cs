using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Explanations.References;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations.Players;

/// <summary>References of pictures, sequences and tokens.</summary>
public sealed class TensorReferenceTests
{
    [Fact]
    public void Each_row_is_compared_with_itself_blurred()
    {
        ReferenceChoice choice = Choose("blur:1", null, [4, 4], TensorKind.Float, "");

        float[] smooth = (float[])choice.Background.Tensors[0].Values;
        Assert.Equal(2, choice.Background.Rows);
        Assert.Equal([0, 1], choice.OwnGroups!.Rows);
        Assert.Equal([0, 1], choice.OwnGroups.Background);

        // Row 0 is 0 … 15: the corner is the mean of 0, 1, 4, 5, the pixel at 1, 1 that of its nine.
        Assert.Equal(2.5f, smooth[0]);
        Assert.Equal(5f, smooth[5]);
        Assert.Equal(102.5f, smooth[16]);
    }

    [Fact]
    public void A_sequence_is_blurred_along_its_steps_alone()
    {
        ReferenceChoice choice = Choose("blur:1", "steps", [8, 2], TensorKind.Float, "");

        float[] smooth = (float[])choice.Background.Tensors[0].Values;
        Assert.Equal([1, 2, 2, 3], smooth[..4]);
    }

    [Fact]
    public void A_mask_token_of_the_encoding_fills_its_input()
    {
        ReferenceChoice choice = Choose("mask", null, [16], TensorKind.Int64, ",\"mask\":103");

        Assert.Equal(Enumerable.Repeat(103L, 16), (long[])choice.Background.Tensors[0].Values);
        Assert.Null(choice.OwnGroups);
        Assert.Equal("mask", choice.Name);
    }

    [Fact]
    public void One_token_fills_texts_and_whole_numbers()
    {
        Assert.Equal(Enumerable.Repeat(7L, 16), (long[])Choose("token:7", null, [16], TensorKind.Int64, "").Background.Tensors[0].Values);
        Assert.Equal(Enumerable.Repeat("[MASK]", 16), (string[])Choose("token:[MASK]", null, [16], TensorKind.Text, "").Background.Tensors[0].Values);
    }

    [Theory]
    [InlineData("mask", TensorKind.Int64, "", "names no mask token")]
    [InlineData("mask", TensorKind.Int64, ",\"mask\":\"x\"", "cannot hold the token 'x'")]
    [InlineData("token:1.5", TensorKind.Int64, "", "cannot hold the token '1.5'")]
    [InlineData("token:1", TensorKind.Float, "", "the model takes none")]
    [InlineData("blur", TensorKind.Int64, "", "for pictures and sequences of numbers")]
    [InlineData("blur:0", TensorKind.Float, "", "'blur:0' has none")]
    [InlineData("blurred", TensorKind.Float, "", "not 'blurred'")]
    public void What_does_not_fit_is_refused(string reference, TensorKind kind, string mask, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => Choose(reference, null, [16], kind, mask)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_mask_token_is_part_of_the_canonical_encoding_only_where_there_is_one()
    {
        string with = Encoding.UTF8.GetString(Read(",\"mask\":\"[MASK]\"").CanonicalBytes());

        Assert.Contains("\"mask\":\"[MASK]\"", with, StringComparison.Ordinal);
        Assert.Equal(with, Encoding.UTF8.GetString(ModelEncoding.Read(Encoding.UTF8.GetBytes(with)).CanonicalBytes()));
        Assert.DoesNotContain("mask", Encoding.UTF8.GetString(Read("").CanonicalBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_names_its_mask_token()
    {
        ModelEncoding encoding = ModelEncoding.Read(Encoding.UTF8.GetBytes("""
            {"inputs":[{"name":"x","dtype":"int64","shape":["N",2],"feature_order":["a","b"],"mask_token":9}],"preprocessing":{"description":""},"output_roles":{}}
            """));

        Assert.Equal(9, encoding.Inputs[0].Mask!.Value.Number);
    }

    private static ModelEncoding Read(string mask)
    {
        string features = string.Join(',', Enumerable.Range(0, 16).Select(i => $$"""{"name":"t{{i}}","kind":"numeric"}"""));
        return ModelEncoding.Read(Encoding.UTF8.GetBytes($$"""{"inputs":[{"name":"x","features":[{{features}}]{{mask}}}]}"""));
    }

    private static ReferenceChoice Choose(string reference, string? players, int[] shape, TensorKind kind, string mask)
    {
        Table table = CsvTable.Parse(string.Join(',', Enumerable.Range(0, 16).Select(i => $"t{i}")) + "\n"
            + string.Join(',', Enumerable.Range(0, 16)) + "\n" + string.Join(',', Enumerable.Range(100, 16)) + "\n");
        ModelEncoding encoding = Read(mask);
        RowEncoder encoder = new(new ModelSignature([new InputSpec("x", kind, shape, 0)], []), encoding);
        InputBatch rows = encoder.Encode(table);
        return ReferenceChoice.Of(reference, rows, null, encoder, table, new ExplainedRows(table, rows, [0, 1], PlayerSpec.Parse(players)));
    }
}
