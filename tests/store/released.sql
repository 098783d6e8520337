BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'documents','2026-11-21 journal, sale','2026-11-21 09:00:00');
CREATE TABLE document (
        documentid INTEGER PRIMARY KEY, shopcode TEXT, cashcode TEXT, workshiftid INTEGER REFERENCES workshift,
        checknum INTEGER NOT NULL, docnum INTEGER NOT NULL, doctype INTEGER NOT NULL, scode TEXT,
        time_beg TEXT NOT NULL, time_end TEXT, disc_abs DECIMAL(15,2) NOT NULL DEFAULT 0,
        sumb DECIMAL(15,2) NOT NULL DEFAULT 0, sume DECIMAL(15,2) NOT NULL DEFAULT 0,
        closed INTEGER NOT NULL DEFAULT 0, identifier TEXT NOT NULL UNIQUE);
INSERT INTO "document" VALUES(1,'77','3',1,1,1,1,'7','2026-11-21T12:03:00','2026-11-21T12:10:00',0,91,91,1,'r1');
INSERT INTO "document" VALUES(2,'77','3',1,2,2,1,'7','2026-11-21T12:15:00','2026-11-21T12:17:00',0,89.9,89.9,1,'r2');
INSERT INTO "document" VALUES(3,'77','3',1,3,3,1,'8','2026-11-21T12:24:00','2026-11-21T12:27:00',0.5,45.5,45,1,'r3');
INSERT INTO "document" VALUES(4,'77','3',1,4,4,1,'8','2026-11-21T12:31:00','2026-11-21T12:32:00',0,45.5,45.5,2,'r4');
INSERT INTO "document" VALUES(5,'77','3',1,5,5,1,'8','2026-11-21T12:35:00',NULL,0,89.9,89.9,0,'r5');
CREATE TABLE goodsitem (
        goodsitemid INTEGER PRIMARY KEY, cashcode TEXT, documentid INTEGER NOT NULL REFERENCES document, scode TEXT,
        ttime TEXT NOT NULL, opcode INTEGER NOT NULL, status INTEGER NOT NULL DEFAULT 0, code TEXT NOT NULL,
        bcode TEXT NOT NULL, name TEXT NOT NULL, measure TEXT, cquant DECIMAL(13,3) NOT NULL,
        price DECIMAL(15,2) NOT NULL, minprice DECIMAL(15,2) NOT NULL, disc_abs DECIMAL(15,2) NOT NULL,
        sumb DECIMAL(15,2) NOT NULL, sume DECIMAL(15,2) NOT NULL, excisemark TEXT, excisetype TEXT,
        posnum INTEGER NOT NULL, UNIQUE (documentid, posnum));
INSERT INTO "goodsitem" VALUES(1,'3',1,'7','2026-11-21T12:03:00',50,0,'1','4600682000013','Хлеб','шт',2,45.5,0,0,91,91,NULL,NULL,1);
INSERT INTO "goodsitem" VALUES(2,'3',2,'7','2026-11-21T12:15:00',50,0,'2','4600682000020','Молоко','шт',1,89.9,0,0,89.9,89.9,NULL,NULL,1);
INSERT INTO "goodsitem" VALUES(3,'3',3,'8','2026-11-21T12:24:00',50,1,'2','4600682000020','Молоко','шт',1,89.9,0,0,89.9,89.9,NULL,NULL,1);
INSERT INTO "goodsitem" VALUES(4,'3',3,'8','2026-11-21T12:24:00',50,0,'1','4600682000013','Хлеб','шт',1,45.5,0,0.5,45.5,45,NULL,NULL,2);
INSERT INTO "goodsitem" VALUES(5,'3',4,'8','2026-11-21T12:31:00',50,0,'1','4600682000013','Хлеб','шт',1,45.5,0,0,45.5,45.5,NULL,NULL,1);
INSERT INTO "goodsitem" VALUES(6,'3',5,'8','2026-11-21T12:35:00',50,0,'2','4600682000020','Молоко','шт',1,89.9,0,0,89.9,89.9,NULL,NULL,1);
CREATE TABLE journal (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
INSERT INTO "journal" VALUES(1,'2026-11-21T12:01:00.000+03:00','{"type":"SignInRefused","code":"7"}',X'EC4FA122EB22E4638FF00E6D7CFE8D43945A2BB42249F221B5B6B9DA75D20AC3');
INSERT INTO "journal" VALUES(2,'2026-11-21T12:02:00.000+03:00','{"type":"SignedIn","person":{"code":"7","name":"Иванова","role":1}}',X'E3C0613E6DC1A6185404F1445DFB52737F4B0B3CA39708B710B68661C8DD332B');
INSERT INTO "journal" VALUES(3,'2026-11-21T12:03:00.000+03:00','{"type":"ShiftOpened","number":1,"at":"2026-11-21T12:03:00","cashier":{"code":"7","name":"Иванова","role":1},"shop":"77","till":"3"}',X'C861180753F0C38C5C777AC6B0CFCA085087F06E79D671A43F4B49809A965631');
INSERT INTO "journal" VALUES(4,'2026-11-21T12:03:00.000+03:00','{"type":"ReceiptOpened","identifier":"r1","number":1,"shift":1,"at":"2026-11-21T12:03:00","cashier":{"code":"7","name":"Иванова","role":1},"shop":"77","till":"3"}',X'1033CC4FCC4698C4B41C90E5E52DC1E22959C2BD7A74AD485AB8B6D115DB2458');
INSERT INTO "journal" VALUES(5,'2026-11-21T12:03:00.000+03:00','{"type":"LineAdded","receipt":"r1","line":{"position":1,"product":{"code":"1","name":"Хлеб","price":4550,"barcode":"4600682000013","unit":"шт","fractional":false,"kind":0,"min_price":0,"alternatives":[],"quantity":1000,"group":"","tax":"","sale_allowed":true,"refund_allowed":true,"min_age":0},"quantity":1000,"price":4550,"min_price":0,"discount":0,"storno":false,"mark":"","held":[],"single":false,"source":""}}',X'5A404D4E9F32E229D38AFBA3D713BBCA326A2785AAE47FEBF350FB6D8D2650DD');
INSERT INTO "journal" VALUES(6,'2026-11-21T12:04:00.000+03:00','{"type":"QuantityChanged","receipt":"r1","position":1,"quantity":2000,"gross":9100,"held":[],"source":""}',X'F499149AF92A2FEBD79EE8A2C8B01FC67E51AA153D77BC6C0B144B4F5024ACE6');
INSERT INTO "journal" VALUES(7,'2026-11-21T12:05:00.000+03:00','{"type":"PaymentBegun","receipt":"r1"}',X'BFE341C44212E9CC39A2FE18141724719FD547239BE35E5A91289D65B180AE75');
INSERT INTO "journal" VALUES(8,'2026-11-21T12:06:00.000+03:00','{"type":"PaymentLeft","receipt":"r1"}',X'AFD3BDF6AAC975D18A65BEF22C69D546CC6560036E0143FE573266FA472BC068');
INSERT INTO "journal" VALUES(9,'2026-11-21T12:07:00.000+03:00','{"type":"PaymentBegun","receipt":"r1"}',X'5376A224EAE81AB5E4C70B05E07193E4346FF4DE2D1CEBD767997F038EC07DB5');
INSERT INTO "journal" VALUES(10,'2026-11-21T12:08:00.000+03:00','{"type":"TenderTaken","receipt":"r1","kind":"cash","amount":5000,"at":"2026-11-21T12:08:00"}',X'3CA5A5ACAF328906C5CEFD14DEDA810D1332CE559072952176A23A7CD677E454');
INSERT INTO "journal" VALUES(11,'2026-11-21T12:09:00.000+03:00','{"type":"TendersReturned","receipt":"r1","amount":5000,"at":"2026-11-21T12:09:00"}',X'3E043201043474E3CDC40668EF9DF2B2B0C9BA4E9BDE15DE016E9551EB57000D');
INSERT INTO "journal" VALUES(12,'2026-11-21T12:10:00.000+03:00','{"type":"TenderTaken","receipt":"r1","kind":"cash","amount":10000,"at":"2026-11-21T12:10:00"}',X'2F3D5D812DF87C4CA284A240AF74BF5FA11BABC710364B0E8547BD441D275A64');
INSERT INTO "journal" VALUES(13,'2026-11-21T12:10:00.000+03:00','{"type":"ReceiptClosed","receipt":"r1","total":9100,"change":900,"at":"2026-11-21T12:10:00"}',X'008DFF33449AB47EE82BD85178DA728289EB0E3340515A58609A79DE41539929');
INSERT INTO "journal" VALUES(14,'2026-11-21T12:10:00.000+03:00','{"type":"MessageQueued","identifier":"m1","destination":"server","kind":"document","body":"{}","key":"k"}',X'44A4ABA1FF6DE0DC3760BD803280174127D9ED209E3E10FBC98BDE939CBC5CCF');
INSERT INTO "journal" VALUES(15,'2026-11-21T12:11:00.000+03:00','{"type":"PrintBegun","token":"p1","receipt":"r1","copy":false}',X'9368D75B7BC01E0EB7D094B2F3BBD2B417EAEE71BAC0A8A6B6BDF627596E71D4');
INSERT INTO "journal" VALUES(16,'2026-11-21T12:12:00.000+03:00','{"type":"PrintEnded","token":"p1","outcome":"printed","reason":"","fiscal":11}',X'98EC4BA3D1CE6720521775BD4CC0C8735B9BFC4076531C44DEA40F9CBDC13A8A');
INSERT INTO "journal" VALUES(17,'2026-11-21T12:13:00.000+03:00','{"type":"PrintBegun","token":"p2","receipt":"r1","copy":true}',X'D06C797AE4ACAF7587F7A3F45E53CC1B40776F7BFA6FB4C1984CCA6EF74B4F65');
INSERT INTO "journal" VALUES(18,'2026-11-21T12:14:00.000+03:00','{"type":"PrintEnded","token":"p2","outcome":"printed","reason":"","fiscal":0}',X'268B82C7AD5F4331434EA4D9396F42C477D32A90E389DD697AEA59A99E86294B');
INSERT INTO "journal" VALUES(19,'2026-11-21T12:15:00.000+03:00','{"type":"ReceiptOpened","identifier":"r2","number":2,"shift":1,"at":"2026-11-21T12:15:00","cashier":{"code":"7","name":"Иванова","role":1},"shop":"77","till":"3"}',X'8C44CA337E6480901DE88DE9F888E56ADF462F92216691224BC60213DA7C0E34');
INSERT INTO "journal" VALUES(20,'2026-11-21T12:15:00.000+03:00','{"type":"LineAdded","receipt":"r2","line":{"position":1,"product":{"code":"2","name":"Молоко","price":8990,"barcode":"4600682000020","unit":"шт","fractional":false,"kind":0,"min_price":0,"alternatives":[],"quantity":1000,"group":"","tax":"","sale_allowed":true,"refund_allowed":true,"min_age":0},"quantity":1000,"price":8990,"min_price":0,"discount":0,"storno":false,"mark":"","held":[],"single":false,"source":""}}',X'EC89B2B4472987DDC4B68F71D20468E437DC978E61CD11F89C4DE681C0140C29');
INSERT INTO "journal" VALUES(21,'2026-11-21T12:15:00.000+03:00','{"type":"IntentMade","token":"i1","gate":"stock","receipt":"r2","body":"{}","position":1}',X'537340344C869998D61AFE3497FD4B11C6ACCDE9A8385BEC734705C703273D49');
INSERT INTO "journal" VALUES(22,'2026-11-21T12:16:00.000+03:00','{"type":"IntentSettled","token":"i1","outcome":"done"}',X'7DAAE811E3E4F227C6266ABA37A8B54F8A99B4C4F715B26C360E0CA96556533A');
INSERT INTO "journal" VALUES(23,'2026-11-21T12:17:00.000+03:00','{"type":"TenderTaken","receipt":"r2","kind":"card","amount":8990,"at":"2026-11-21T12:17:00"}',X'2868BA903F5916D1480752C36A2F6C924D21A1BBBF3A52036A30798817777B7D');
INSERT INTO "journal" VALUES(24,'2026-11-21T12:17:00.000+03:00','{"type":"ReceiptClosed","receipt":"r2","total":8990,"change":0,"at":"2026-11-21T12:17:00"}',X'8BA30FC23A81294BF8BE5FB3F77205F95B4C04F49913357511E7B7E648DBFF55');
INSERT INTO "journal" VALUES(25,'2026-11-21T12:18:00.000+03:00','{"type":"PrintBegun","token":"p3","receipt":"r2","copy":false}',X'FF24070115C30C8E01D8319B7AF6AF32E0727F8465639F68C58EDD0FB129A604');
INSERT INTO "journal" VALUES(26,'2026-11-21T12:19:00.000+03:00','{"type":"PrintEnded","token":"p3","outcome":"failed","reason":"off","fiscal":12}',X'DDAEE5C0A63FEB3A34D5F56B2B541E04609BC6B650DE0A3254192082336B07FC');
INSERT INTO "journal" VALUES(27,'2026-11-21T12:20:00.000+03:00','{"type":"PrintBegun","token":"p4","receipt":"r2","copy":false}',X'36CA7896DD815E09C9EEEB029D97332ECEEB9A1A663DC837D1B58DDA36A88137');
INSERT INTO "journal" VALUES(28,'2026-11-21T12:21:00.000+03:00','{"type":"PrintEnded","token":"p4","outcome":"printed","reason":"","fiscal":12}',X'F30B7105570F56FCA46D7A65EC4713D05298F5824D08C3B84DA96C6A42CEBA9A');
INSERT INTO "journal" VALUES(29,'2026-11-21T12:22:00.000+03:00','{"type":"SignedOut","person":{"code":"7","name":"Иванова","role":1},"idle":true}',X'C3C0769466E1F896960956658792303C0FD26027A3F05DEFAA708FD50006F9E2');
INSERT INTO "journal" VALUES(30,'2026-11-21T12:23:00.000+03:00','{"type":"SignedIn","person":{"code":"8","name":"Петров","role":2}}',X'1E5784DC70C9B21A87FA8FEABCD6476BD312BDDA0720EF63EA07FF6AE473E444');
INSERT INTO "journal" VALUES(31,'2026-11-21T12:24:00.000+03:00','{"type":"ReceiptOpened","identifier":"r3","number":3,"shift":1,"at":"2026-11-21T12:24:00","cashier":{"code":"8","name":"Петров","role":2},"shop":"77","till":"3"}',X'F5B55A2AFA63079D8E071558236F7E26DBAD61C67E44B3F818243C64BCAF90EF');
INSERT INTO "journal" VALUES(32,'2026-11-21T12:24:00.000+03:00','{"type":"LineAdded","receipt":"r3","line":{"position":1,"product":{"code":"2","name":"Молоко","price":8990,"barcode":"4600682000020","unit":"шт","fractional":false,"kind":0,"min_price":0,"alternatives":[],"quantity":1000,"group":"","tax":"","sale_allowed":true,"refund_allowed":true,"min_age":0},"quantity":1000,"price":8990,"min_price":0,"discount":0,"storno":false,"mark":"","held":[],"single":false,"source":""}}',X'B737F7B1E70B2C7AFF6FCADAD7F724CC2D148DAAFF6511A990443CCEEA83DE20');
INSERT INTO "journal" VALUES(33,'2026-11-21T12:24:00.000+03:00','{"type":"LineAdded","receipt":"r3","line":{"position":2,"product":{"code":"1","name":"Хлеб","price":4550,"barcode":"4600682000013","unit":"шт","fractional":false,"kind":0,"min_price":0,"alternatives":[],"quantity":1000,"group":"","tax":"","sale_allowed":true,"refund_allowed":true,"min_age":0},"quantity":1000,"price":4550,"min_price":0,"discount":50,"storno":false,"mark":"","held":[],"single":false,"source":""}}',X'D49A3E25B12FC7C8FCAFA0ECDFF2A3A1A1B064F2B668FA930082808F39442331');
INSERT INTO "journal" VALUES(34,'2026-11-21T12:25:00.000+03:00','{"type":"LineStornoed","receipt":"r3","position":1,"at":"2026-11-21T12:25:00","by":{"code":"8","name":"Петров","role":2},"leaving":true}',X'CFBCB48C719D80440D7D6B0863100663BAE7A86690719937F5C84979C5FA4FC4');
INSERT INTO "journal" VALUES(35,'2026-11-21T12:26:00.000+03:00','{"type":"LineLeft","receipt":"r3","position":1}',X'D5CBAAD9E1945FE1739B212A77C2607D5A3A5FC45EC121B71E73485443C60D9F');
INSERT INTO "journal" VALUES(36,'2026-11-21T12:27:00.000+03:00','{"type":"TenderTaken","receipt":"r3","kind":"card","amount":2500,"at":"2026-11-21T12:27:00"}',X'54ED5AE55D02A49C68807087597BCD4DA88A2BA8E8D7BF15B4A87C373CC3AAAF');
INSERT INTO "journal" VALUES(37,'2026-11-21T12:27:00.000+03:00','{"type":"TenderTaken","receipt":"r3","kind":"cash","amount":2000,"at":"2026-11-21T12:27:00"}',X'E82A6A234FE92E7D68BAEA9F6BAEF3FBA9E7DFF65B7AAFF1E9A66A2F05E9CC1D');
INSERT INTO "journal" VALUES(38,'2026-11-21T12:27:00.000+03:00','{"type":"ReceiptClosed","receipt":"r3","total":4500,"change":0,"at":"2026-11-21T12:27:00"}',X'140763CD478D03066B62C9F344C22EFE9CE6420BF66EABEAD23E6A9EDFB603FB');
INSERT INTO "journal" VALUES(39,'2026-11-21T12:28:00.000+03:00','{"type":"PrintBegun","token":"p5","receipt":"r3","copy":false}',X'B3168F1478C05D82CBD026FC53CB615DD44BC1587814B72C3D8E988D172ACAE6');
INSERT INTO "journal" VALUES(40,'2026-11-21T12:29:00.000+03:00','{"type":"PrintEnded","token":"p5","outcome":"unknown","reason":"late","fiscal":0}',X'DCFC962A502BB42885B6B2AD362C22DE2D269944391537E50A8BEC0BDE40981F');
INSERT INTO "journal" VALUES(41,'2026-11-21T12:30:00.000+03:00','{"type":"PaperSeen","receipt":"r3"}',X'EE162DB5587FF885A269D5B38EF1D174D92F43452390826693DB77ECBD73B4AF');
INSERT INTO "journal" VALUES(42,'2026-11-21T12:31:00.000+03:00','{"type":"ReceiptOpened","identifier":"r4","number":4,"shift":1,"at":"2026-11-21T12:31:00","cashier":{"code":"8","name":"Петров","role":2},"shop":"77","till":"3"}',X'F20DC7EEBDDC6D8C83D18E0D1E91BE6B777B3B83E8349EB3FC66CF8600CC03E7');
INSERT INTO "journal" VALUES(43,'2026-11-21T12:31:00.000+03:00','{"type":"LineAdded","receipt":"r4","line":{"position":1,"product":{"code":"1","name":"Хлеб","price":4550,"barcode":"4600682000013","unit":"шт","fractional":false,"kind":0,"min_price":0,"alternatives":[],"quantity":1000,"group":"","tax":"","sale_allowed":true,"refund_allowed":true,"min_age":0},"quantity":1000,"price":4550,"min_price":0,"discount":0,"storno":false,"mark":"","held":[],"single":false,"source":""}}',X'1D3694EC286F5315145C14D75B133A2954741143EA6FB24F49A24425E5347C9A');
INSERT INTO "journal" VALUES(44,'2026-11-21T12:32:00.000+03:00','{"type":"ReceiptCancelled","receipt":"r4","at":"2026-11-21T12:32:00","by":{"code":"8","name":"Петров","role":2}}',X'65AAE408E976F1BC2E0F0EA609A4C1DBA1ECD03B0572CE25ED9111530E987958');
INSERT INTO "journal" VALUES(45,'2026-11-21T12:33:00.000+03:00','{"type":"PrintBegun","token":"p6","receipt":"r3","copy":false}',X'F75C30BF56202D4D99FADB6F2F91EDBFC194F6617459F8762F8AFB777300ABD3');
INSERT INTO "journal" VALUES(46,'2026-11-21T12:34:00.000+03:00','{"type":"PrintBegun","token":"p7","receipt":"r1","copy":true}',X'7A2533670B82BA2355553D3558D3581D1F9E70D9B03799AC0BDABC1076914146');
INSERT INTO "journal" VALUES(47,'2026-11-21T12:35:00.000+03:00','{"type":"ReceiptOpened","identifier":"r5","number":5,"shift":1,"at":"2026-11-21T12:35:00","cashier":{"code":"8","name":"Петров","role":2},"shop":"77","till":"3"}',X'001F3F0507C288DFF1120D867F12536D9B30153354ADDAE0D56E0E739C33E1E0');
INSERT INTO "journal" VALUES(48,'2026-11-21T12:35:00.000+03:00','{"type":"LineAdded","receipt":"r5","line":{"position":1,"product":{"code":"2","name":"Молоко","price":8990,"barcode":"4600682000020","unit":"шт","fractional":false,"kind":0,"min_price":0,"alternatives":[],"quantity":1000,"group":"","tax":"","sale_allowed":true,"refund_allowed":true,"min_age":0},"quantity":1000,"price":8990,"min_price":0,"discount":0,"storno":false,"mark":"","held":[],"single":false,"source":""}}',X'58894E221D6D0533DC284F13C07B121FE7F4171DDE69AEEBB841F373E70CB0F6');
CREATE TABLE ledger (
        id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
INSERT INTO "ledger" VALUES(1,44,'{"cashier":{"code":"8","name":"Петров","role":2},"shift":{"number":1,"opened":"2026-11-21T12:03:00","receipts":4},"shifts":1,"receipt":null,"parting":false,"last":{"identifier":"r3","number":3,"shift":1,"cashier":{"code":"8","name":"Петров","role":2},"opened":"2026-11-21T12:24:00","lines":[{"position":1,"product":{"code":"2","name":"Молоко","price":8990,"barcode":"4600682000020","unit":"шт","fractional":false,"kind":0,"min_price":0,"alternatives":[],"quantity":1000,"group":"","tax":"","sale_allowed":true,"refund_allowed":true,"min_age":0},"quantity":1000,"price":8990,"min_price":0,"discount":0,"storno":true,"mark":"","held":[],"single":false,"source":""},{"position":2,"product":{"code":"1","name":"Хлеб","price":4550,"barcode":"4600682000013","unit":"шт","fractional":false,"kind":0,"min_price":0,"alternatives":[],"quantity":1000,"group":"","tax":"","sale_allowed":true,"refund_allowed":true,"min_age":0},"quantity":1000,"price":4550,"min_price":0,"discount":50,"storno":false,"mark":"","held":[],"single":false,"source":""}],"tenders":[{"kind":"card","amount":2500},{"kind":"cash","amount":2000}],"in_payment":false,"total":4500,"sold":1},"intents":[],"leaving":[],"prints":[],"papers":[]}');
CREATE TABLE moneyitem (
        moneyitemid INTEGER PRIMARY KEY, cashcode TEXT, documentid INTEGER NOT NULL REFERENCES document, scode TEXT,
        mtime TEXT NOT NULL, opcode INTEGER NOT NULL, valcode INTEGER NOT NULL, valname TEXT,
        sume DECIMAL(15,2) NOT NULL);
INSERT INTO "moneyitem" VALUES(1,'3',1,'7','2026-11-21T12:10:00',70,1,'Наличные',100);
INSERT INTO "moneyitem" VALUES(2,'3',1,'7','2026-11-21T12:10:00',72,1,'Наличные',9);
INSERT INTO "moneyitem" VALUES(3,'3',2,'7','2026-11-21T12:17:00',70,4,'Банковская карта',89.9);
INSERT INTO "moneyitem" VALUES(4,'3',3,'8','2026-11-21T12:27:00',70,4,'Банковская карта',25);
INSERT INTO "moneyitem" VALUES(5,'3',3,'8','2026-11-21T12:27:00',70,1,'Наличные',20);
CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, identifier TEXT NOT NULL UNIQUE, destination TEXT NOT NULL,
        type TEXT NOT NULL, key TEXT NOT NULL, time TEXT NOT NULL, body TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '');
INSERT INTO "outbox" VALUES(1,'m1','server','document','k','2026-11-21T12:10:00.000+03:00','{}','waiting',0,'');
CREATE TABLE workshift (
        workshiftid INTEGER PRIMARY KEY, shopcode TEXT, cashcode TEXT, shiftnum INTEGER NOT NULL UNIQUE, scode TEXT,
        time_beg TEXT NOT NULL, time_end TEXT, checknum1 INTEGER, checknum2 INTEGER);
INSERT INTO "workshift" VALUES(1,'77','3',1,'7','2026-11-21T12:03:00',NULL,1,5);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TRIGGER journal_follows BEFORE INSERT ON journal
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_grows BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE INDEX document_by_number ON document (workshiftid, checknum);
CREATE INDEX document_by_time ON document (time_beg);
CREATE INDEX moneyitem_of_document ON moneyitem (documentid);
CREATE TRIGGER document_begins BEFORE INSERT ON document WHEN EXISTS (SELECT 1 FROM document
        WHERE closed IN (1, 2) AND (documentid = NEW.documentid OR identifier = NEW.identifier)) BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER document_stays BEFORE UPDATE ON document WHEN OLD.closed IN (1, 2)
        OR NEW.documentid <> OLD.documentid OR NEW.identifier <> OLD.identifier BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER document_remains BEFORE DELETE ON document WHEN OLD.closed IN (1, 2) BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER goodsitem_insert BEFORE INSERT ON goodsitem WHEN (SELECT closed FROM document WHERE documentid = NEW.documentid) IN (1, 2) OR EXISTS (SELECT 1 FROM goodsitem own WHERE own.goodsitemid = NEW.goodsitemid AND (SELECT closed FROM document WHERE documentid = own.documentid) IN (1, 2)) BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER goodsitem_update BEFORE UPDATE ON goodsitem WHEN (SELECT closed FROM document WHERE documentid = OLD.documentid) IN (1, 2) OR (SELECT closed FROM document WHERE documentid = NEW.documentid) IN (1, 2) OR NEW.goodsitemid <> OLD.goodsitemid BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER goodsitem_delete BEFORE DELETE ON goodsitem WHEN (SELECT closed FROM document WHERE documentid = OLD.documentid) IN (1, 2) BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER moneyitem_insert BEFORE INSERT ON moneyitem WHEN (SELECT closed FROM document WHERE documentid = NEW.documentid) IN (1, 2) OR EXISTS (SELECT 1 FROM moneyitem own WHERE own.moneyitemid = NEW.moneyitemid AND (SELECT closed FROM document WHERE documentid = own.documentid) IN (1, 2)) BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER moneyitem_update BEFORE UPDATE ON moneyitem WHEN (SELECT closed FROM document WHERE documentid = OLD.documentid) IN (1, 2) OR (SELECT closed FROM document WHERE documentid = NEW.documentid) IN (1, 2) OR NEW.moneyitemid <> OLD.moneyitemid BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER moneyitem_delete BEFORE DELETE ON moneyitem WHEN (SELECT closed FROM document WHERE documentid = OLD.documentid) IN (1, 2) BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END;
CREATE TRIGGER shift_begins BEFORE INSERT ON workshift WHEN EXISTS (SELECT 1 FROM workshift
        WHERE workshiftid = NEW.workshiftid OR shiftnum = NEW.shiftnum) BEGIN SELECT RAISE(ABORT, 'a shift keeps what it began with'); END;
CREATE TRIGGER shift_stays BEFORE UPDATE ON workshift WHEN OLD.time_end IS NOT NULL
        OR (NEW.workshiftid, NEW.shopcode, NEW.cashcode, NEW.shiftnum, NEW.scode, NEW.time_beg)
        IS NOT (OLD.workshiftid, OLD.shopcode, OLD.cashcode, OLD.shiftnum, OLD.scode, OLD.time_beg) BEGIN SELECT RAISE(ABORT, 'a shift keeps what it began with'); END;
CREATE TRIGGER shift_remains BEFORE DELETE ON workshift BEGIN SELECT RAISE(ABORT, 'a shift keeps what it began with'); END;
CREATE TRIGGER money_balances BEFORE UPDATE OF closed ON document WHEN NEW.closed = 1 AND
        round((SELECT total(CASE opcode WHEN 72 THEN -sume ELSE sume END) FROM moneyitem
               WHERE documentid = NEW.documentid)
            - (SELECT total(sume) FROM goodsitem WHERE documentid = NEW.documentid AND status = 0), 2) <> 0
        BEGIN SELECT RAISE(ABORT, 'payments less change are not the sum of lines'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',1);
COMMIT;
