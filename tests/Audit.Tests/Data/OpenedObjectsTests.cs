using System.Text;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Data;

/// <summary>Lines of JSON as loggers write them, with the features in an object of their own.</summary>
public sealed class OpenedObjectsTests
{
    [Fact]
    public void The_keys_of_an_object_one_level_down_are_columns()
    {
        Table table = Read("{\"id\":\"a\",\"features\":{\"age\":41,\"city\":null},\"score\":0.5}\n{\"id\":\"b\",\"features\":{\"city\":\"Oslo\"},\"score\":1}\n");

        Assert.Equal(["id", "age", "city", "score"], table.Columns.Select(column => column.Name));
        Assert.Equal(["41", null], GivenFiles.Texts(table.Need("age")));
        Assert.Equal([null, "Oslo"], GivenFiles.Texts(table.Need("city")));
    }

    [Theory]
    [InlineData("{\"a\":{\"b\":{\"c\":1}}}\n", "an object in 'b'")]
    [InlineData("{\"a\":{\"b\":[1]}}\n", "a list in 'b'")]
    [InlineData("{\"b\":1,\"a\":{\"b\":2}}\n", "'b' twice")]
    public void Deeper_objects_lists_and_two_columns_of_one_name_are_refused(string text, string what) =>
        Assert.Contains(what, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static Table Read(string text) =>
        TableFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), [], new DataLimits { OpenObjects = true }, CancellationToken.None);
}
