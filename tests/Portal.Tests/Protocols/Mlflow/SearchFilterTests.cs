using Governance.Audit.Data;
using Governance.Portal.Protocols.MlflowRegistry;

namespace Governance.Portal.Tests.Protocols.Mlflow;

public sealed class SearchFilterTests
{
    // MLflow's own examples of filters, and its rules: what is not there meets no condition.
    [Theory]
    [InlineData(null, true)]
    [InlineData("name = 'credit'", true)]
    [InlineData("name='credit'", true)]
    [InlineData("name != 'credit'", false)]
    [InlineData("attribute.name LIKE 'cre%'", true)]
    [InlineData("name LIKE 'CRE%'", false)]
    [InlineData("name ilike 'CRE%'", true)]
    [InlineData("name LIKE '%edi_'", true)]
    [InlineData("version_number > 2", true)]
    [InlineData("version_number >= 4 AND name = 'credit'", false)]
    [InlineData("tags.team = 'risk' and tag.`data set` = 'hmda'", true)]
    [InlineData("tags.\"data set\" LIKE '%m%'", true)]
    [InlineData("tags.none != 'x'", false)]
    [InlineData("tags.quote = 'it''s'", true)]
    [InlineData("run_id IN ('a', 'r1')", true)]
    [InlineData("run_id IN ('a')", false)]
    [InlineData("source_path = 'mlflow-artifacts:/x'", false)]
    public void A_filter_means_what_mlflow_means_by_it(string? filter, bool holds)
    {
        SearchedItem item = new(
            null!, null, new Dictionary<string, string> { ["name"] = "credit", ["run_id"] = "r1" }, new Dictionary<string, long> { ["version_number"] = 3 },
            new Dictionary<string, string> { ["team"] = "risk", ["data set"] = "hmda", ["quote"] = "it's" });

        Assert.Equal(holds, SearchFilter.Read(filter, SearchColumns.Versions).All(condition => condition.Holds(item)));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("name = credit")]
    [InlineData("name = 'a' OR name = 'b'")]
    [InlineData("name = 'a' AND")]
    [InlineData("name = 'a' name = 'b'")]
    [InlineData("name > 'a'")]
    [InlineData("name = 3")]
    [InlineData("name IN ('a')")]
    [InlineData("version_number = '3'")]
    [InlineData("version_number LIKE 3")]
    [InlineData("metrics.auc > 1")]
    [InlineData("colour = 'red'")]
    [InlineData("tags.a IN ('b')")]
    [InlineData("tags.a = 'unended")]
    public void What_cannot_be_read_is_said_in_a_sentence(string filter) =>
        Assert.EndsWith(".", Assert.Throws<InputException>(() => SearchFilter.Read(filter, SearchColumns.Versions)).Message, StringComparison.Ordinal);

    // The specification of LIKE, tried with every pattern of up to four signs on every text of up to four.
    [Fact]
    public void Like_is_sqls()
    {
        string[] texts = [.. Words("ab")];
        foreach (string pattern in Words("a%_"))
        {
            foreach (string text in texts)
            {
                Assert.True(Like(text, pattern) == SearchCondition.IsLike(text, pattern), $"'{text}' LIKE '{pattern}'");
            }
        }
    }

    private static bool Like(string text, string pattern) => pattern.Length == 0 ? text.Length == 0
        : pattern[0] == '%' ? Like(text, pattern[1..]) || (text.Length > 0 && Like(text[1..], pattern))
        : text.Length > 0 && (pattern[0] == '_' || pattern[0] == text[0]) && Like(text[1..], pattern[1..]);

    private static IEnumerable<string> Words(string letters)
    {
        List<string> words = [""];
        for (int from = 0, length = 0; length < 4; length++)
        {
            string[] last = [.. words.Skip(from)];
            from = words.Count;
            words.AddRange(last.SelectMany(word => letters.Select(letter => word + letter)));
        }

        return words;
    }
}
