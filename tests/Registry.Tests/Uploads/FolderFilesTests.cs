using System.Text;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Registry.Tests.Uploads;

public sealed class FolderFilesTests
{
    [Fact]
    public async Task Files_of_folders_are_found_by_place_and_the_later_of_a_place_counts()
    {
        await using Given given = await Given.RegistryAsync();
        StagedUploads uploads = given.Get<StagedUploads>();
        await SendAsync(given, "a/model/MLmodel", "old");
        given.Clock.Now += TimeSpan.FromSeconds(1);
        await SendAsync(given, "a/model/MLmodel", "new");
        await SendAsync(given, "ab/MLmodel", "other");

        Assert.Equal(["a/model/MLmodel"], uploads.Below(given.Developer, "a").Select(state => state.Upload.Path));
        Assert.Equal(["a/model/MLmodel", "ab/MLmodel"], uploads.Below(given.Developer, "").Select(state => state.Upload.Path));
        UploadState latest = uploads.At(given.Developer, "a/model/MLmodel")!;
        Assert.Equal("new", Encoding.UTF8.GetString((await uploads.ReadAsync(given.Developer, latest.Upload.Id, default))!));
        Assert.Null(uploads.At(given.OtherDeveloper, "a/model/MLmodel"));
        Assert.Null(uploads.At(given.Developer, "a/model"));
    }

    [Fact]
    public async Task They_have_limits_of_their_own()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        UploadLimits limits = given.Get<RegistryOptions>().Uploads;
        for (int file = 0; file < limits.MostFolderFiles; file++)
        {
            Assert.IsType<BeginUploadOutcome.Begun>(await BeginAsync(given, $"a/{file}.txt", 1));
        }

        Assert.Equal("too-many-uploads", Code(await BeginAsync(given, "a/more.txt", 1)));
        await given.BeginAsync(100); // a model of its own is not kept from coming
        Assert.Equal("too-large", Code(await BeginAsync(given, "a/notes.txt", limits.MostBesideBytes + 1)));
        Assert.Equal("no-path", Code(await BeginAsync(given, null, 1)));
        Assert.Equal("no-right", Code(await given.Get<BeginUpload>().RunAsync(
            Actor.Person(given.Reviewer), new NewUpload(UploadKind.ModelFolder, "MLmodel", 1, null) { Path = "a/MLmodel" }, default)));
    }

    private static string? Code(BeginUploadOutcome outcome) => (outcome as BeginUploadOutcome.Refused)?.Reason.Code;

    private static Task<BeginUploadOutcome> BeginAsync(Given given, string? path, long length) => given.Get<BeginUpload>().RunAsync(
        Actor.Person(given.Developer), new NewUpload(UploadKind.ModelFolder, UploadRules.BareName(path ?? "MLmodel"), length, null) { Path = path }, default);

    private static async Task SendAsync(Given given, string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Upload begun = Assert.IsType<BeginUploadOutcome.Begun>(await BeginAsync(given, path, bytes.Length)).Upload;
        Assert.True((await given.SendAsync(begun, 0, bytes)).Kept().IsWhole);
    }
}
