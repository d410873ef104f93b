using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Registry.Tests.Uploads;

public sealed class BeginUploadTests
{
    [Theory]
    [InlineData("net.onnx", 0, "empty-file")]
    [InlineData("net.onnx", -5, "empty-file")]
    [InlineData("net.onnx", 2_147_483_592, "too-large")]
    [InlineData("net.pt", 100, "bad-extension")]
    [InlineData("", 100, "bad-file-name")]
    [InlineData("a\nb.onnx", 100, "bad-file-name")]
    public async Task What_cannot_be_taken_is_refused_before_a_byte_is_read(string name, long length, string code)
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();

        Assert.Equal(code, await RefusalAsync(given, new NewUpload(UploadKind.Model, name, length, "credit")));
        Assert.Empty(given.StagedFiles());
    }

    [Fact]
    public async Task Folders_are_cut_off_a_name()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();

        Assert.Equal("net.onnx", (await given.BeginAsync(100, "../../etc/net.onnx")).FileName);
        Assert.Equal("net.onnx", (await given.BeginAsync(100, @"C:\models\net.onnx")).FileName);
    }

    [Fact]
    public async Task Only_who_may_register_on_a_model_may_upload_for_it()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        NewUpload wanted = new(UploadKind.Model, "net.onnx", 100, "credit");

        Assert.IsType<BeginUploadOutcome.NoSuchModel>(
            await given.Get<BeginUpload>().RunAsync(Actor.Person(given.Stranger), wanted, default));
        Assert.IsType<BeginUploadOutcome.NoSuchModel>(
            await given.Get<BeginUpload>().RunAsync(Actor.Person(given.Developer), wanted with { Model = "none" }, default));
        BeginUploadOutcome refused = await given.Get<BeginUpload>().RunAsync(Actor.Person(given.Reviewer), wanted, default);
        Assert.Equal("no-right", Assert.IsType<BeginUploadOutcome.Refused>(refused).Reason.Code);
        Assert.Equal("no-model", await RefusalAsync(given, wanted with { Model = null }));
        refused = await given.Get<BeginUpload>().RunAsync(
            Actor.Person(given.Reviewer), new NewUpload(UploadKind.Dataset, "a.csv", 100, null), default);
        Assert.Equal("no-right", Assert.IsType<BeginUploadOutcome.Refused>(refused).Reason.Code);
    }

    [Fact]
    public async Task A_person_has_so_many_uploads_and_no_more_until_one_is_gone()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        UploadLimits limits = given.Get<RegistryOptions>().Uploads;
        Upload first = await given.BeginAsync(100);
        for (int i = 1; i < limits.MostPerPerson; i++)
        {
            await given.BeginAsync(100);
        }

        NewUpload more = new(UploadKind.Model, "net.onnx", 100, "credit");
        Assert.Equal("too-many-uploads", await RefusalAsync(given, more));
        await given.BeginAsync(100, owner: given.OtherDeveloper);

        given.Get<StagedUploads>().Delete(first.Owner, first.Id);
        await given.BeginAsync(100);
    }

    [Fact]
    public async Task The_declared_bytes_of_a_person_have_a_limit()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        NewUpload large = new(UploadKind.Model, "net.onnx", UploadLimits.MostModelBytes, "credit");
        List<string?> codes = [];
        for (int i = 0; i < 4; i++)
        {
            codes.Add(await RefusalAsync(given, large));
        }

        // 3 × 2 GiB fit into 6 GiB; a small disk may say no earlier, for its own reason.
        Assert.Contains(codes[3], (string?[])["too-many-bytes", "no-room"]);
    }

    [Fact]
    public async Task An_upload_without_news_for_its_life_is_removed()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        Upload old = await given.BeginAsync(100);
        Upload young = await given.BeginAsync(200);
        TimeSpan life = given.Get<RegistryOptions>().Uploads.Life;
        foreach (string path in given.StagedFiles())
        {
            TimeSpan age = path.Contains(old.Id.Value.ToString("n"), StringComparison.Ordinal) ? life + TimeSpan.FromSeconds(1) : life - TimeSpan.FromSeconds(1);
            File.SetLastWriteTimeUtc(path, (given.Clock.Now - age).UtcDateTime);
        }

        Assert.Equal(1, given.Get<SweepUploads>().Run());
        Assert.Null(given.StateOf(old));
        Assert.NotNull(given.StateOf(young));
    }

    [Fact]
    public async Task Files_that_are_no_uploads_do_no_harm()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        Upload upload = await given.BeginAsync(100);
        string path = Assert.Single(given.StagedFiles());
        string home = Path.GetDirectoryName(path)!;
        await File.WriteAllTextAsync(Path.Combine(home, "notes.upload"), "mine");
        await File.WriteAllBytesAsync(Path.Combine(home, Guid.CreateVersion7().ToString("n") + ".upload"), new byte[40]);
        await File.WriteAllBytesAsync(Path.Combine(home, Guid.CreateVersion7().ToString("n") + ".upload"), await File.ReadAllBytesAsync(path));
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(home)!, "lost+found"));

        Assert.Equal(upload, Assert.Single(given.Get<StagedUploads>().Of(upload.Owner)).Upload);
        given.Get<SweepUploads>().Run();
    }

    private static async Task<string?> RefusalAsync(Given given, NewUpload upload) =>
        await given.Get<BeginUpload>().RunAsync(Actor.Person(given.Developer), upload, default) is BeginUploadOutcome.Refused refused
            ? refused.Reason.Code
            : null;
}
